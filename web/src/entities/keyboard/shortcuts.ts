import { onScopeDispose, ref } from 'vue'

/** What a key press has to tell. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'> & {
  target: EventTarget | null
}

const STORED = 'huiyin.shortcuts'

/** Single-key shortcuts can be turned off (WCAG 2.1.4). */
export const shortcutsOn = ref(localStorage.getItem(STORED) !== 'off')

export function setShortcuts(on: boolean): void {
  shortcutsOn.value = on
  localStorage.setItem(STORED, on ? 'on' : 'off')
}

/** The name of the single-key shortcut that was pressed; none while writing, composing or holding a modifier. */
export function shortcutOf(press: KeyPress): string | undefined {
  if (press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return undefined
  if (press.target instanceof Element && press.target.closest('input, textarea, select, [contenteditable], dialog, [role="listbox"]')) {
    return undefined
  }
  return press.key.toLowerCase()
}

/** Whether the press submits a form from anywhere in it. */
export function isSubmit(press: KeyPress): boolean {
  return press.key === 'Enter' && (press.ctrlKey || press.metaKey) && !press.isComposing
}

/** Runs actions by their key while the calling component lives. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const listen = (event: KeyboardEvent) => {
    const action = shortcutsOn.value ? actions[shortcutOf(event) ?? ''] : undefined
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  window.addEventListener('keydown', listen)
  onScopeDispose(() => window.removeEventListener('keydown', listen))
}
