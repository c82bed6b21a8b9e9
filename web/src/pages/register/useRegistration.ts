import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch } from 'vue'
import { isProblem } from '@/api/problem'
import type { KindForm, NewCase, NewParty } from '@/api/types'
import { handOver } from '@/entities/attachment/handedOver'
import { missingOf, toNewParty, type PartyDraft } from '@/entities/case/parties'
import { caseKeys, useKinds } from '@/entities/case/queries'
import { previewCase, registerCase } from '@/entities/case/registration'
import { missing, payload, restore } from '@/entities/form/values'
import { whenSettled } from '@/entities/form/whenSettled'
import { useMe } from '@/entities/session/session'
import { dropDraft, EMPTY_DRAFT, isWorthKeeping, loadDraft, saveDraft, type Draft } from './draft'
import { lastKind, rememberKind } from './lastKind'

const SAVE_AFTER_MS = 2000
const PREVIEW_AFTER_MS = 500
/** Shorter contacts are still being typed. */
const CONTACT_CHARS_MIN = 5

/** The state of the registration page: the draft, the form it fills and the deadlines it would get. */
export function useRegistration() {
  const client = useQueryClient()
  const stored = loadDraft(sessionStorage)
  const draft = ref<Draft>(stored ?? { ...EMPTY_DRAFT })
  const restored = ref(stored !== undefined && isWorthKeeping(stored))
  const saved = ref(false)
  const files = shallowRef<File[]>([])
  const { data: kinds, error: kindsError } = useKinds()
  const { me } = useMe()
  const person = computed(() => me.value?.person.id ?? '')

  const form = computed<KindForm | undefined>(() =>
    kinds.value?.find((one) => one.kind === draft.value.kind && one.policy === draft.value.policy),
  )

  watch(
    kinds,
    (known) => {
      const last = lastKind(localStorage, person.value, known ?? [])
      if (form.value === undefined && last !== undefined) choose(last)
    },
    { immediate: true },
  )

  function choose(kind: KindForm) {
    const channel = kind.channels.find((one) => one.id === draft.value.channel) ?? kind.channels[0]
    const entered = restore(kind.part, draft.value.entered)
    const same = kind.policy === draft.value.policy && kind.kind === draft.value.kind
    const repeats = same ? draft.value.repeats : ''
    const roles = new Set(kind.parties.map(({ role }) => role))
    const parties = draft.value.parties.filter(({ role }) => roles.has(role))
    draft.value = { ...draft.value, repeats, policy: kind.policy, kind: kind.kind, channel: channel?.id ?? '', entered, parties }
  }

  const body = computed(() => {
    const { policy, kind, channel, occurredAt, entered, parties, repeats } = draft.value
    const named = namedParties(form.value, parties)
    const fields = form.value === undefined ? {} : payload(form.value.part, entered)
    const earlier = repeats === '' ? {} : { repeats }
    const rest = { ...(named.length > 0 ? { parties: named } : {}), ...(occurredAt === '' ? {} : { occurred_at: occurredAt }) }
    return { policy, kind, channel, fields, ...earlier, ...rest }
  })

  /** What the customer can be reached by, once it has been typed. */
  const contact = ref('')
  const typed = computed(() => {
    const field = form.value?.part.fields.find((one) => one.meaning === 'customer_contact')
    const value = field === undefined ? '' : draft.value.entered[field.id]
    return typeof value === 'string' && value.trim().length >= CONTACT_CHARS_MIN ? value.trim() : ''
  })
  whenSettled(typed, PREVIEW_AFTER_MS, () => {
    contact.value = typed.value
    if (typed.value === '') draft.value.repeats = ''
  })

  // The server computes clocks only for a case that could be registered.
  const complete = computed(() => {
    if (form.value === undefined || missing(form.value.part, draft.value.entered).length > 0) return false
    const roles = form.value.parties
    return draft.value.parties.every((party) => roles.every((role) => role.role !== party.role || missingOf(role, party).length === 0))
  })

  const asked = shallowRef<NewCase>()
  whenSettled(body, PREVIEW_AFTER_MS, () => (asked.value = complete.value ? body.value : undefined))
  const { data: preview } = useQuery({
    queryKey: computed(() => ['preview', asked.value]),
    queryFn: () => (asked.value === undefined ? undefined : previewCase(asked.value)),
    enabled: computed(() => asked.value !== undefined),
    placeholderData: (previous) => previous,
    gcTime: 0,
    retry: false,
  })
  const clocks = computed(() => (complete.value ? preview.value?.clocks : undefined))
  const levels = computed(() => (complete.value ? preview.value?.levels : undefined))
  const likenesses = computed(() => (complete.value ? preview.value?.likenesses : undefined))

  watch(draft, () => (saved.value = false), { deep: true })
  whenSettled(draft, SAVE_AFTER_MS, () => {
    if (!isWorthKeeping(draft.value)) return
    saveDraft(sessionStorage, draft.value)
    saved.value = true
  })

  // One key for one registration: sending it twice after a lost answer makes one case.
  let key: string = crypto.randomUUID()
  const register = useMutation({
    mutationFn: () => {
      const { occurredAt, lateReason, firstContact } = draft.value
      const late = occurredAt === '' ? {} : { late_reason: lateReason }
      const first = firstContact === '' ? {} : { first_contact: firstContact }
      return registerCase({ ...body.value, ...late, ...first }, key)
    },
    onSuccess(written) {
      key = crypto.randomUUID()
      if (form.value !== undefined) rememberKind(localStorage, person.value, form.value)
      dropDraft(sessionStorage)
      handOver(written.id, files.value)
      void client.invalidateQueries({ queryKey: caseKeys.lists })
    },
    onError(error) {
      if (!isProblem(error, 'offline')) key = crypto.randomUUID()
    },
  })

  function discard() {
    dropDraft(sessionStorage)
    const { policy, kind, channel } = draft.value
    draft.value = { ...EMPTY_DRAFT, policy, kind, channel }
    if (form.value !== undefined) choose(form.value)
    files.value = []
    restored.value = false
  }

  return { kinds, kindsError, draft, form, choose, clocks, levels, likenesses, contact, files, register, restored, saved, discard }
}

/** The parties as they are sent. */
function namedParties(form: KindForm | undefined, parties: PartyDraft[]): NewParty[] {
  return parties.flatMap((party) => {
    const role = form?.parties.find((one) => one.role === party.role)
    return role === undefined ? [] : [toNewParty(role, party)]
  })
}
