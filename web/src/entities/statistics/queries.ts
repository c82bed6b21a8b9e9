import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import { daysOf } from './periods'

export interface KindAndPeriod {
  policy: string
  kind: string
  period: string
}

/** What there are statistics of. */
export function useStatisticsIndex() {
  return useQuery({ queryKey: ['statistics'], queryFn: () => take(api.GET('/statistics')), staleTime: 10 * 60_000 })
}

/** The figures of a kind in a period; nothing is asked before both are known. */
export function useFigures(of: MaybeRefOrGetter<KindAndPeriod | undefined>) {
  return useQuery({
    queryKey: computed(() => ['statistics', toValue(of)]),
    queryFn: () => {
      const { policy, kind, period } = toValue(of) as KindAndPeriod
      return take(api.GET('/statistics/{policy}/{kind}', { params: { path: { policy, kind }, query: daysOf(period) } }))
    },
    enabled: computed(() => toValue(of) !== undefined),
    placeholderData: (previous) => previous,
  })
}

/** A report of a period; nothing is asked before the period is known. */
export function useReport(of: MaybeRefOrGetter<{ policy: string; report: string; period: string } | undefined>) {
  return useQuery({
    queryKey: computed(() => ['report', toValue(of)]),
    queryFn: () => {
      const { policy, report, period } = toValue(of) as { policy: string; report: string; period: string }
      return take(api.GET('/reports/{policy}/{report}', { params: { path: { policy, report }, query: { period } } }))
    },
    enabled: computed(() => toValue(of) !== undefined),
    placeholderData: (previous) => previous,
  })
}
