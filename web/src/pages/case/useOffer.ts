import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiProblem, isProblem } from '@/api/problem'
import type { Offer } from '@/api/types'
import { carryOut, EMPTY_ANSWER } from '@/entities/case/commands'
import { draftOf, dropDraft, keepDraft } from '@/entities/case/drafts'
import { caseKeys } from '@/entities/case/queries'
import { blank, messagesOf, missing, payload, restore, type Entered } from '@/entities/form/values'
import { announce } from '@/entities/notice/notices'

/** What is being filled in for an offer, and how it is carried out. */
export function useOffer(id: string, seq: () => number, offer: Offer) {
  const client = useQueryClient()
  const { t } = useI18n()
  const draft = draftOf(id, offer)
  const entered = ref<Entered>(offer.part === undefined ? {} : restore(offer.part, draft?.entered ?? blank(offer.part)))
  const answer = ref({ ...EMPTY_ANSWER, ...draft?.answer })
  const errors = ref<Record<string, string>>({})
  const key = ref(crypto.randomUUID())

  // The case as it was when writing began. Live updates must not raise it: what others did meanwhile has to be read first.
  const seen = ref(draft?.seen)
  watch([entered, answer], () => (seen.value ??= seq()), { deep: true, flush: 'sync' })
  watch([entered, answer, seen], keep, { deep: true, flush: 'sync' })

  /** Another form may be opened meanwhile, or the case be moved on by others: nothing written is lost by it. */
  function keep() {
    keepDraft(id, { offer, entered: { ...entered.value }, answer: { ...answer.value }, seen: seen.value })
  }

  /** What would be sent. */
  const fields = computed(() => (offer.part === undefined ? {} : payload(offer.part, entered.value)))

  const command = useMutation({
    mutationFn: () =>
      carryOut(offer, { id, seq: seen.value ?? seq(), key: key.value }, { ...answer.value, fields: fields.value }),
    // While it is under way it is not left over, even if the page hears of the case before the answer comes.
    onMutate: () => dropDraft(id, offer),
    // Said here, not by the form: what moves the case on takes its own form off the page.
    onSuccess: () => announce(t('case.done', { title: offer.title })),
    onError(error) {
      errors.value = error instanceof ApiProblem ? messagesOf(offer.part ?? { fields: [] }, entered.value, error.fields) : {}
      // Having been told of the conflict, one answers for the case as it is now.
      if (isProblem(error, 'conflict')) seen.value = undefined
      // A refused command is another command once it is put right; an answer that got lost is the same one.
      if (!isProblem(error, 'offline')) key.value = crypto.randomUUID()
      keep()
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: caseKeys.one(id) }),
        client.invalidateQueries({ queryKey: caseKeys.lists }),
      ]),
  })

  const conflict = computed(() => isProblem(command.error.value, 'conflict'))

  /** Ids of mandatory fields that are still empty. */
  const empty = () => (offer.part === undefined ? [] : missing(offer.part, entered.value))

  return { entered, answer, errors, command, conflict, empty, fields }
}
