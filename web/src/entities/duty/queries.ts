import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import { caseKeys } from '@/entities/case/queries'

/** Some days, both ends included. */
export interface Days {
  first: string
  last: string
}

// What becomes of a duty is told by its case, so it is asked for anew whenever the lists are.
const KEY = [...caseKeys.lists, 'duties']

/** The duties with their periods; without days those from a year back to a year ahead. */
export function useDuties(days: MaybeRefOrGetter<Days | undefined> = undefined) {
  return useQuery({
    queryKey: computed(() => [...KEY, toValue(days)]),
    queryFn: () => take(api.GET('/duties', { params: { query: toValue(days) ?? {} } })),
    placeholderData: (previous) => previous,
  })
}

/** One duty from a year back to a year ahead, with how far its samples are. */
export function useDuty(policy: MaybeRefOrGetter<string>, duty: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [...KEY, toValue(policy), toValue(duty)]),
    queryFn: () => take(api.GET('/duties/{policy}/{duty}', { params: { path: { policy: toValue(policy), duty: toValue(duty) } } })),
  })
}
