import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { isProblem } from '@/api/problem'
import { announce } from '@/entities/notice/notices'

/**
 * A change of the organisation: what was known of it is asked for again, and a lost answer is asked for under the same key.
 * That it is saved is said, unless what comes then shows it.
 */
export function useChange<Done>(change: (key: string) => Promise<Done>, then?: (done: Done) => void) {
  const client = useQueryClient()
  const { t } = useI18n()
  const key = ref(crypto.randomUUID())
  return useMutation({
    mutationFn: () => change(key.value),
    onSuccess(done: Done) {
      if (then === undefined) announce(t('people.saved'))
      else then(done)
    },
    onError(error) {
      if (!isProblem(error, 'offline')) key.value = crypto.randomUUID()
    },
    onSettled: () => Promise.all(['organisation', 'people', 'units', 'me'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  })
}
