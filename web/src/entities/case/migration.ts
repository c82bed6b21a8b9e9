import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { Written } from '@/api/types'
import { addressed, type Target } from './commands'
import { caseKeys } from './queries'

/** What it would come to if a case went on under another version, as the case is now; asked for only when somebody wants to know. */
export function useMigration(
  id: MaybeRefOrGetter<string>,
  seq: MaybeRefOrGetter<number>,
  to: MaybeRefOrGetter<number>,
  asked: MaybeRefOrGetter<boolean>,
) {
  return useQuery({
    queryKey: computed(() => [...caseKeys.one(toValue(id)), 'migration', toValue(seq), toValue(to)]),
    queryFn: () =>
      take(api.GET('/cases/{id}/migration', { params: { path: { id: toValue(id) }, query: { to: toValue(to) } } })),
    enabled: asked,
  })
}

export function migrate(target: Target, to: number, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/migrate', { ...addressed(target), body: { to, reason } }))
}
