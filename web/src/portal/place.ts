import { nextTick, shallowRef } from 'vue'

/** Where the customer is. No place has anything of a case in its address. */
export type Place = { page: 'home' } | { page: 'new'; policy: string; kind: string } | { page: 'receipt' } | { page: 'enter' } | { page: 'case' }

const BASE = '/p'

/** The place that a path of the portal means; any other is the beginning. */
export function placeOf(path: string): Place {
  const [, , page, policy, kind] = path.split('/')
  if (page === 'new' && policy && kind) return { page, policy, kind }
  if (page === 'receipt' || page === 'enter' || page === 'case') return { page }
  return { page: 'home' }
}

export function pathOf(place: Place): string {
  if (place.page === 'home') return BASE
  return place.page === 'new' ? `${BASE}/new/${place.policy}/${place.kind}` : `${BASE}/${place.page}`
}

export const place = shallowRef<Place>(placeOf(location.pathname))

/** Goes somewhere; `instead` leaves no way back to where one was. */
export function go(to: Place, instead = false): void {
  history[instead ? 'replaceState' : 'pushState'](null, '', pathOf(to))
  place.value = to
  window.scrollTo(0, 0)
  void nextTick(() => document.querySelector<HTMLElement>('h1')?.focus())
}

window.addEventListener('popstate', () => (place.value = placeOf(location.pathname)))
