import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { CaseQuery } from '@/api/types'
import { useMe } from '@/entities/session/session'

/** How old the answer may be to what cases are taken in under: a policy can be stopped at any time. */
const STOPPED_WITHIN_MS = 30_000

const kindsQuery = { queryKey: ['kinds'], queryFn: () => take(api.GET('/kinds')), staleTime: STOPPED_WITHIN_MS }
const policiesQuery = { queryKey: ['policies'], queryFn: () => take(api.GET('/policies')), staleTime: STOPPED_WITHIN_MS }

export const caseKeys = {
  lists: ['cases'] as const,
  counts: ['cases', 'counts'] as const,
  one: (id: string) => ['case', id] as const,
}

/** Rows on a page of the work list. */
export const PAGE_ROWS = 50

export type ListQuery = Omit<CaseQuery, 'cursor' | 'limit'> & { q?: string }

/** The work list, page after page; with words to look for, the search instead. */
export function useCases(query: MaybeRefOrGetter<ListQuery>) {
  return useInfiniteQuery({
    queryKey: computed(() => [...caseKeys.lists, 'list', toValue(query)]),
    queryFn: ({ pageParam }) => {
      const { q, ...filter } = toValue(query)
      if (q !== undefined) return take(api.GET('/search', { params: { query: { q, limit: PAGE_ROWS } } }))
      const cursor = pageParam === undefined ? {} : { cursor: pageParam }
      return take(api.GET('/cases', { params: { query: { ...filter, ...cursor, limit: PAGE_ROWS } } }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
  })
}

/** How many open cases each view holds, as oneself or as somebody for whom one is deputy. */
export function useCounts(enabled: MaybeRefOrGetter<boolean> = true, actingFor: MaybeRefOrGetter<string> = '') {
  return useQuery({
    queryKey: computed(() => [...caseKeys.counts, toValue(actingFor)]),
    queryFn: () => {
      const represented = toValue(actingFor)
      const query = represented === '' ? {} : { acting_for: represented }
      return take(api.GET('/cases/counts', { params: { query } }))
    },
    enabled,
  })
}

export function useCase(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => caseKeys.one(toValue(id))),
    queryFn: () => take(api.GET('/cases/{id}', { params: { path: { id: toValue(id) } } })),
  })
}

/** The kinds of case the signed-in person may open, each with its form. */
export function useKinds() {
  return useQuery(kindsQuery)
}

/**
 * Whether there is anything that the signed-in person may register. Where a policy is stopped there may be nothing just now, which the page
 * says itself. `whileUnknown` is the answer until the server has given one.
 */
export function useRegisters(whileUnknown = false) {
  const registers = useMe().may('register')
  const { data: kinds } = useQuery({ ...kindsQuery, enabled: registers })
  const none = computed(() => kinds.value?.length === 0)
  const { data: policies } = useQuery({ ...policiesQuery, enabled: computed(() => registers.value && none.value) })
  const isStopped = computed(() => policies.value?.some((one) => !one.takes_cases_in) ?? false)
  const something = computed(() => (kinds.value === undefined ? whileUnknown : !none.value || isStopped.value))
  return computed(() => registers.value && something.value)
}

export function useUnits() {
  return useQuery({ queryKey: ['units'], queryFn: () => take(api.GET('/units')), staleTime: 10 * 60_000 })
}

export function usePeople() {
  return useQuery({ queryKey: ['people'], queryFn: () => take(api.GET('/people')), staleTime: 10 * 60_000 })
}

/** The policies in force or stopped, with the scales and trees by which their cases can be listed. */
export function usePolicies() {
  return useQuery(policiesQuery)
}

/** A party in full. Each look is on record. */
export function revealParty(id: string, party: string) {
  return take(api.GET('/cases/{id}/parties/{party}', { params: { path: { id, party } } }))
}

/** The customer's name and contact in full. Each look is on record. */
export function revealCustomer(id: string) {
  return take(api.GET('/cases/{id}/customer', { params: { path: { id } } }))
}
