import { ref } from 'vue'

/** A short message that goes away by itself. */
export interface Notice {
  id: number
  tone: 'done' | 'failed' | 'told'
  text: string
}

const SHOWN_MS = 6000
/** Older ones give way. */
const SHOWN_MAX = 2

let last = 0

export const notices = ref<Notice[]>([])

export function announce(text: string, tone: Notice['tone'] = 'done'): void {
  last += 1
  const notice = { id: last, tone, text }
  notices.value = [...notices.value, notice].slice(-SHOWN_MAX)
  setTimeout(() => dismiss(notice.id), SHOWN_MS)
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}
