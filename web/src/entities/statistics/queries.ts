import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import { daysOf } from './months'

export interface KindAndMonth {
  policy: string
  kind: string
  month: string
}

/** What there are statistics of. */
export function useStatisticsIndex() {
  return useQuery({ queryKey: ['statistics'], queryFn: () => take(api.GET('/statistics')), staleTime: 10 * 60_000 })
}

/** The figures of a kind in a month; nothing is asked before both are known. */
export function useFigures(of: MaybeRefOrGetter<KindAndMonth | undefined>) {
  return useQuery({
    queryKey: computed(() => ['statistics', toValue(of)]),
    queryFn: () => {
      const { policy, kind, month } = toValue(of) as KindAndMonth
      return take(api.GET('/statistics/{policy}/{kind}', { params: { path: { policy, kind }, query: daysOf(month) } }))
    },
    enabled: computed(() => toValue(of) !== undefined),
    placeholderData: (previous) => previous,
  })
}
