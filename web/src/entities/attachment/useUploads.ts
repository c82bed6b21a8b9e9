import { computed, ref, type Ref } from 'vue'
import type { AttachmentList } from '@/api/types'
import { sendAttachment } from './attachments'
import { unfit, type Unfit } from './files'

/** A file on its way to the server. */
export interface Upload {
  /** Its own name on the page, and what makes a repeated attempt harmless. */
  key: string
  file: File
  seal: string | undefined
  state: 'waiting' | 'sending' | 'failed' | 'unfit'
  /** Which share has gone, from 0 to 1. */
  share: number
  why: Unfit | undefined
  error: unknown
}

export interface UploadsOf {
  id: () => string
  limits: () => Pick<AttachmentList, 'bytes_max' | 'extensions'>
  /** The seal that files come under which are chosen now. */
  seal?: () => string | undefined
  onSent: (name: string) => void
}

/** Files sent one after the other; one that was sent leaves the list. */
export function useUploads({ id, limits, seal = () => undefined, onSent }: UploadsOf) {
  const uploads: Ref<Upload[]> = ref([])
  const isSending = computed(() => uploads.value.some((one) => one.state === 'sending'))

  function add(files: Iterable<File>) {
    for (const file of files) {
      const why = unfit(file, limits())
      const state = why === undefined ? 'waiting' : 'unfit'
      uploads.value.push({ key: crypto.randomUUID(), file, seal: seal(), state, share: 0, why, error: undefined })
    }
    void sendNext()
  }

  function again(key: string) {
    const upload = uploads.value.find((one) => one.key === key)
    if (upload?.state === 'failed') Object.assign(upload, { state: 'waiting', share: 0, error: undefined })
    void sendNext()
  }

  function drop(key: string) {
    uploads.value = uploads.value.filter((one) => one.key !== key)
  }

  async function sendNext(): Promise<void> {
    const next = uploads.value.find((one) => one.state === 'waiting')
    if (next === undefined || isSending.value) return
    next.state = 'sending'
    try {
      await sendAttachment(id(), next, (share) => (next.share = share))
      drop(next.key)
      onSent(next.file.name)
    } catch (error) {
      Object.assign(next, { state: 'failed', error })
    }
    return sendNext()
  }

  return { uploads, add, again, drop }
}
