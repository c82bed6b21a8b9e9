import { computed, nextTick, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { ApiProblem } from '@/api/problem'
import type PartFields from '@/components/form/PartFields.vue'
import { useMissingMessages } from '@/components/form/useMissingMessages'
import { messagesByField, missing, typed } from '@/entities/form/values'
import { announce } from '@/entities/notice/notices'
import { usePartyErrors } from './usePartyErrors'
import type { useRegistration } from './useRegistration'

/** A case registered just now, where one went on to the next call. */
export interface Registered {
  id: string
  number: string
  /** Whether only others see it. */
  hidden: boolean
}

/** Whether the focus is in something that is answered, or is no field to write in, such as the choice of the kind. */
export function isAnswering(): boolean {
  const active = document.activeElement
  if (active === null || active === document.body) return false
  const isText = active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === 'text')
  return !isText || active.value !== ''
}

type Form = InstanceType<typeof PartFields>

/** Sending the registration: what is wrong with it, and where one goes on. */
export function useSubmission({ form, draft, files, register, discard }: ReturnType<typeof useRegistration>, part: Ref<Form | undefined>) {
  const { t } = useI18n()
  const router = useRouter()
  const { askFor } = useMissingMessages()
  const errors = ref<Record<string, string>>({})
  const { partyErrors, checkParties, showParty } = usePartyErrors(form, () => draft.value.parties)
  const errorCount = computed(() => [errors.value, ...partyErrors.value].flatMap((found) => Object.keys(found)).length)
  const registered = ref<Registered>()

  // A field that is being put right stops complaining.
  watch(
    () => draft.value.entered,
    (now, before) => {
      const untouched = Object.entries(errors.value).filter(([id]) => now[id] === before[id])
      errors.value = Object.fromEntries(untouched)
    },
  )

  async function show(found: Record<string, string>) {
    errors.value = found
    await nextTick()
    part.value?.focusFirstError()
  }

  /** Where writing begins while the caller speaks: how to reach him, or what the form has first. */
  function focusFirst() {
    const fields = form.value === undefined ? [] : typed(form.value.part)
    const first = fields.find((field) => field.meaning === 'customer_contact') ?? fields[0]
    if (first !== undefined) part.value?.focusField(first.id)
  }

  async function startAfresh() {
    discard()
    await nextTick()
    window.scrollTo({ top: 0 })
    focusFirst()
  }

  function submit(andNext = false) {
    if (form.value === undefined || register.isPending.value) return
    const empty = missing(form.value.part, draft.value.entered)
    const emptyParty = checkParties()
    if (empty.length > 0) return show(askFor(form.value.part, empty))
    if (emptyParty >= 0) return showParty(emptyParty)
    // Files are sent from the page of their case.
    const goesOn = andNext && files.value.length === 0
    const hidden = form.value.seen_by !== undefined
    register.mutate(undefined, {
      onSuccess(written) {
        registered.value = { ...written, hidden }
        if (goesOn) return startAfresh()
        announce(t('register.done', { number: written.number }))
        // Whoever registers what only some people see is told the number and goes on with his own work.
        return hidden ? router.push({ name: 'cases' }) : router.push({ name: 'case', params: { id: written.id } })
      },
      onError: (error) => void show(error instanceof ApiProblem ? messagesByField(error.fields) : {}),
    })
  }

  return { errors, partyErrors, errorCount, registered, focusFirst, startAfresh, submit }
}
