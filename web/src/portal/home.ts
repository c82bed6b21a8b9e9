import { shallowRef } from 'vue'
import { api, type Home, Refused } from './api'

/** What the organisation offers on the portal, once it is known. */
export const home = shallowRef<Home>()
/** Why it is not known. */
export const homeRefused = shallowRef<Refused>()

export async function loadHome(): Promise<void> {
  homeRefused.value = undefined
  try {
    home.value = await api.home()
  } catch (refused) {
    homeRefused.value = refused as Refused
  }
}
