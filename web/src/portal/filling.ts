import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { blank, messagesByField, missing, payload, plain, restore, type Entered } from '@/entities/form/values'
import { api, type Kind, Refused } from './api'
import { draft, keyFor, receipt } from './kept'
import { becomeCase, emptyOutbox, openOutbox } from './outbox'
import { go } from './place'
import { words } from './words'

/** Filling in the form of a kind and sending it: what is entered survives a reload and a lost connection. */
export function useFilling(kind: () => Kind) {
  openOutbox('draft')
  const found = draft.read()
  const wasFilled = found !== undefined && Object.values(found.values).some((value) => value.length > 0)
  const entered = ref<Entered>(restore(kind(), found?.values ?? {}))
  const consents = ref(found?.consents ?? false)
  const isSending = ref(false)
  const refused = shallowRef<Refused>()
  const wrong = reactive<Record<string, string>>({})
  const consentWrong = ref(false)

  const isPersonal = computed(() =>
    kind().fields.some((field) => field.class === 'personal' && String(entered.value[field.id] ?? '').trim() !== ''),
  )
  const asksConsent = computed(() => kind().consent !== undefined && isPersonal.value)

  // Another kind keeps what both ask for.
  watch(kind, (other) => {
    entered.value = restore(other, entered.value)
    forgetWrong()
  })
  watch([entered, consents], () => draft.put({ kind: kind().kind, values: plain(entered.value), consents: consents.value }), { deep: true })

  function forgetWrong(): void {
    for (const id of Object.keys(wrong)) delete wrong[id]
    consentWrong.value = false
    refused.value = undefined
  }

  function isComplete(): boolean {
    forgetWrong()
    for (const id of missing(kind(), entered.value)) wrong[id] = words.value.newPage.required
    consentWrong.value = asksConsent.value && !consents.value
    return Object.keys(wrong).length === 0 && !consentWrong.value
  }

  /** Sends it; false if something is to be corrected first. */
  async function send(): Promise<boolean> {
    if (isSending.value) return true
    if (!isComplete()) return false
    const { policy, kind: name } = kind()
    const submission = { policy, kind: name, fields: payload(kind(), entered.value), consents: asksConsent.value && consents.value }
    isSending.value = true
    try {
      receipt.put(await api.submit(submission, keyFor(submission)))
      draft.erase()
      if (kind().files === undefined) emptyOutbox()
      becomeCase()
      go({ page: 'receipt' }, true)
      return true
    } catch (failed) {
      refused.value = failed as Refused
      Object.assign(wrong, messagesByField(refused.value.fields ?? []))
      return false
    } finally {
      isSending.value = false
    }
  }

  function clear(): void {
    entered.value = blank(kind())
    consents.value = false
    forgetWrong()
    emptyOutbox()
    draft.erase()
  }

  return { entered, consents, asksConsent, isSending, refused, wrong, consentWrong, wasFilled, send, clear }
}
