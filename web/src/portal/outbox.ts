import { computed, ref, shallowRef } from 'vue'
import { unfit, type Unfit } from '@/entities/attachment/files'
import { api, type FilesTaken, newKey, type OwnCase, type Refused } from './api'

/** Files that were chosen and have not arrived. They live in this tab only, and go to no other case than the one they were chosen for. */

/** A chosen file. */
export interface Chosen {
  /** Its own name on the page, and what makes a repeated attempt harmless. */
  key: string
  file: File
  state: 'waiting' | 'sending' | 'failed' | 'unfit'
  /** Which share has gone, from 0 to 1. */
  share: number
  why: Unfit | 'tooMany' | undefined
  refused: Refused | undefined
}

/** Those that are waiting, on their way, or have failed. */
export const outbox = ref<Chosen[]>([])
/** The case after the last file arrived. */
export const afterSent = shallowRef<OwnCase>()
export const isSending = computed(() => outbox.value.some((one) => one.state === 'sending'))

let isForDraft = true

/** Makes room for files of a case that is only being written, or of one that is there; those of the other are forgotten. */
export function openOutbox(of: 'draft' | 'case'): void {
  if (isForDraft !== (of === 'draft')) emptyOutbox()
  isForDraft = of === 'draft'
}

/** The case is there now; what was chosen for it may go. */
export function becomeCase(): void {
  isForDraft = false
}

export function emptyOutbox(): void {
  outbox.value = []
  afterSent.value = undefined
}

/** Takes files in; `room` is how many more there may be. */
export function choose(files: Iterable<File>, taken: Omit<FilesTaken, 'sealed'>, room: number): void {
  for (const file of files) {
    const fit = outbox.value.filter((one) => one.state !== 'unfit').length
    const why = unfit(file, taken) ?? (fit < room ? undefined : 'tooMany')
    const state = why === undefined ? 'waiting' : 'unfit'
    outbox.value.push({ key: newKey(), file, state, share: 0, why, refused: undefined })
  }
}

export function drop(key: string): void {
  outbox.value = outbox.value.filter((one) => one.key !== key)
}

export function again(key: string): void {
  const one = outbox.value.find((chosen) => chosen.key === key)
  if (one?.state === 'failed') Object.assign(one, { state: 'waiting', share: 0, refused: undefined })
  void sendAll()
}

/** Sends what waits, one after the other; one that arrived leaves the list. */
export async function sendAll(): Promise<void> {
  const next = outbox.value.find((one) => one.state === 'waiting')
  if (next === undefined || isForDraft || isSending.value) return
  next.state = 'sending'
  try {
    const after = await api.sendFile(next.file, next.key, (share) => (next.share = share))
    const isStillHere = outbox.value.some((one) => one.key === next.key)
    drop(next.key)
    if (isStillHere) afterSent.value = after
  } catch (refused) {
    Object.assign(next, { state: 'failed', refused })
  }
  return sendAll()
}

/** Leaving the page breaks off what is on its way; the browser asks first. */
window.addEventListener('beforeunload', (event) => {
  if (isSending.value) event.preventDefault()
})
