import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, watch } from 'vue'
import { isProblem } from '@/api/problem'
import type { KindForm } from '@/api/types'
import { useKinds } from '@/entities/case/queries'
import { previewCase, registerCase } from '@/entities/case/registration'
import { missing, payload, restore } from '@/entities/form/values'
import { dropDraft, EMPTY_DRAFT, isWorthKeeping, loadDraft, saveDraft, type Draft } from './draft'

const SAVE_AFTER_MS = 2000
const PREVIEW_AFTER_MS = 500

/** The state of the registration page: the draft, the form it fills and the deadlines it would get. */
export function useRegistration() {
  const stored = loadDraft(sessionStorage)
  const draft = ref<Draft>(stored ?? { ...EMPTY_DRAFT })
  const restored = ref(stored !== undefined && isWorthKeeping(stored))
  const saved = ref(false)
  const { data: kinds, error: kindsError } = useKinds()

  const form = computed<KindForm | undefined>(() =>
    kinds.value?.find((one) => one.kind === draft.value.kind && one.policy === draft.value.policy),
  )

  watch(
    kinds,
    (known) => {
      if (known !== undefined && form.value === undefined && known[0] !== undefined) choose(known[0])
    },
    { immediate: true },
  )

  function choose(kind: KindForm) {
    const channel = kind.channels.find((one) => one.id === draft.value.channel) ?? kind.channels[0]
    const entered = restore(kind.part, draft.value.entered)
    draft.value = { ...draft.value, policy: kind.policy, kind: kind.kind, channel: channel?.id ?? '', entered }
  }

  const body = computed(() => {
    const { policy, kind, channel, occurredAt, entered } = draft.value
    const fields = form.value === undefined ? {} : payload(form.value.part, entered)
    return { policy, kind, channel, fields, ...(occurredAt === '' ? {} : { occurred_at: occurredAt }) }
  })

  // The server computes clocks only for a case that could be registered.
  const complete = computed(() => form.value !== undefined && missing(form.value.part, draft.value.entered).length === 0)

  const asked = useSettled(body, PREVIEW_AFTER_MS)
  const preview = useQuery({
    queryKey: computed(() => ['preview', asked.value]),
    queryFn: () => previewCase(asked.value),
    enabled: complete,
    placeholderData: (previous) => previous,
    retry: false,
  })

  const settled = useSettled(draft, SAVE_AFTER_MS)
  watch(draft, () => (saved.value = false), { deep: true })
  watch(settled, (latest) => {
    if (!isWorthKeeping(latest)) return
    saveDraft(sessionStorage, latest)
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
    onSuccess: () => dropDraft(sessionStorage),
    onError(error) {
      if (!isProblem(error, 'offline')) key = crypto.randomUUID()
    },
  })

  function discard() {
    dropDraft(sessionStorage)
    const { policy, kind, channel } = draft.value
    draft.value = { ...EMPTY_DRAFT, policy, kind, channel }
    if (form.value !== undefined) choose(form.value)
    restored.value = false
  }

  return { kinds, kindsError, draft, form, choose, preview, register, restored, saved, discard }
}

/** The value once it has rested for a while. */
function useSettled<Value>(source: { readonly value: Value }, milliseconds: number) {
  const settled = ref(source.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => source.value,
    (latest) => {
      clearTimeout(timer)
      timer = setTimeout(() => (settled.value = latest as never), milliseconds)
    },
    { deep: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
