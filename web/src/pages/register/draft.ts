import type { PartyDraft } from '@/entities/case/parties'
import type { Entered } from '@/entities/form/values'

/** An unsent registration. */
export interface Draft {
  policy: string
  kind: string
  channel: string
  entered: Entered
  occurredAt: string
  lateReason: string
  firstContact: string
  /** Id of the earlier case that this one repeats. */
  repeats: string
  parties: PartyDraft[]
}

export const EMPTY_DRAFT: Draft = {
  policy: '',
  kind: '',
  channel: '',
  entered: {},
  occurredAt: '',
  lateReason: '',
  firstContact: '',
  repeats: '',
  parties: [],
}

const STORED = 'huiyin.draft.register'

/** The draft of this tab. It holds personal data, so it goes with the tab and never to the disk of a shared desk. */
export function loadDraft(store: Storage): Draft | undefined {
  try {
    const stored: unknown = JSON.parse(store.getItem(STORED) ?? 'null')
    return typeof stored === 'object' && stored !== null ? { ...EMPTY_DRAFT, ...stored } : undefined
  } catch {
    return undefined
  }
}

export function saveDraft(store: Storage, draft: Draft): void {
  store.setItem(STORED, JSON.stringify(draft))
}

export function dropDraft(store: Storage): void {
  store.removeItem(STORED)
}

/** Whether anything was written that would be a loss. */
export function isWorthKeeping(draft: Draft): boolean {
  return draft.parties.length > 0 || Object.values(draft.entered).some((value) => value.length > 0)
}
