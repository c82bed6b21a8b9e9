/** Digits choose: more choices than this have none. */
const KEYS_MAX = 9

/** Which choice a key press stands for, from 0; undefined if none. */
export function choiceOf(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, count: number): number | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || !/^[1-9]$/.test(press.key)) return undefined
  const place = Number(press.key) - 1
  return place < Math.min(count, KEYS_MAX) ? place : undefined
}

/** The control of the form that comes after a group; of other radio buttons the one that Tab would reach. */
export function controlAfter(group: HTMLElement): HTMLElement | undefined {
  const controls = [...(group.closest('form')?.querySelectorAll<HTMLInputElement>('input, select, textarea') ?? [])]
  const after = controls.find(
    (one) =>
      !group.contains(one) &&
      !one.disabled &&
      one.type !== 'file' &&
      one.closest('details:not([open])') === null &&
      (group.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  )
  const chosen = after?.type === 'radio' ? controls.find((one) => one.name === after.name && one.checked) : undefined
  return chosen ?? after
}
