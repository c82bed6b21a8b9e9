import { useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, watch } from 'vue'
import { api, take } from '@/api/client'
import type { Capability, Me } from '@/api/types'
import { setServerTime } from '@/entities/clock/serverTime'

const KEY = ['me']

export const meQuery = {
  queryKey: KEY,
  queryFn: () => take(api.GET('/me')),
  staleTime: 5 * 60_000,
  retry: false,
}

export interface Credentials {
  login: string
  password: string
}

export async function signIn(client: QueryClient, credentials: Credentials): Promise<Me> {
  return keep(client, await take(api.POST('/session', { body: credentials })))
}

/** Makes the account behind a one-time link and signs in with it. */
export async function redeem(client: QueryClient, token: string, chosen: Credentials): Promise<Me> {
  return keep(client, await take(api.POST('/invitations/accept', { body: { token, ...chosen } })))
}

export async function signOut(client: QueryClient): Promise<void> {
  await take(api.DELETE('/session'))
  client.clear()
}

export async function changePassword(current: string, chosen: string): Promise<void> {
  await take(api.PUT('/me/password', { body: { current, new: chosen } }))
}

/** Whether the first administrator still has to be made. */
export async function isSetupOpen(): Promise<boolean> {
  return (await take(api.GET('/setup'))).open
}

function keep(client: QueryClient, me: Me): Me {
  client.clear()
  client.setQueryData(KEY, me)
  return me
}

/** Whether the person has to do with cases at all; an administrator as such has not. */
export function seesCases(me: Me): boolean {
  return me.may.includes('handle') || me.may.includes('see_statistics')
}

/** Whether the person comes from outside: sees the cases that name their unit and the figures of these, and nothing else. */
export function onlyReads(me: Me): boolean {
  return seesCases(me) && !me.may.includes('see_organisation')
}

/** Who is signed in, and what they may do. */
export function useMe() {
  const { data } = useQuery(meQuery, useQueryClient())
  watch(
    () => data.value?.server_time,
    (instant) => {
      if (instant !== undefined) setServerTime(instant)
    },
    { immediate: true },
  )
  return { me: data, may: (capability: Capability) => computed(() => data.value?.may.includes(capability) ?? false) }
}
