import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { isProblem } from '@/api/problem'
import type { Written } from '@/api/types'
import type { Target } from '@/entities/case/commands'
import { caseKeys } from '@/entities/case/queries'
import { announce } from '@/entities/notice/notices'

/** A decision about a case that is taken in a panel of its own: sent once, then the case is read anew. What is `done` is announced, unless
    the panel says it better. */
export function useDecision<What>(
  id: () => string,
  seq: () => number,
  send: (target: Target, what: What) => Promise<Written>,
  done?: string,
) {
  const client = useQueryClient()
  const { t } = useI18n()
  const key = ref(crypto.randomUUID())
  const decision = useMutation({
    mutationFn: (what: What) => send({ id: id(), seq: seq(), key: key.value }, what),
    onSuccess: () => (done === undefined ? undefined : announce(t(done))),
    // Put right, or decided anew, it is another command; an answer that got lost is the same one.
    onSettled(_, error) {
      if (!isProblem(error, 'offline')) key.value = crypto.randomUUID()
      return Promise.all([
        client.invalidateQueries({ queryKey: caseKeys.one(id()) }),
        client.invalidateQueries({ queryKey: caseKeys.lists }),
      ])
    },
  })
  const conflict = computed(() => isProblem(decision.error.value, 'conflict'))
  return { decision, conflict }
}
