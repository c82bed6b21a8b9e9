import { reactive } from 'vue'
import type { Offer } from '@/api/types'
import type { Entered } from '@/entities/form/values'
import type { Answer } from './commands'
import { offerKey } from './offers'

/** What somebody wrote for an offer of a case and has not sent. */
export interface OfferDraft {
  offer: Offer
  entered: Entered
  answer: Answer
  /** The case's last event when writing began, unless one was told of a conflict since. */
  seen: number | undefined
}

/** By case and offer. It may hold personal data, so it goes with the page and never to the disk of a shared desk. */
const drafts = reactive(new Map<string, OfferDraft>())

const place = (id: string, offer: Offer) => `${id} ${offerKey(offer)}`

export function draftOf(id: string, offer: Offer): OfferDraft | undefined {
  return drafts.get(place(id, offer))
}

export function keepDraft(id: string, draft: OfferDraft): void {
  drafts.set(place(id, draft.offer), draft)
}

export function dropDraft(id: string, offer: Offer): void {
  drafts.delete(place(id, offer))
}

/** Drafts of a case with something written, whose offers are no longer open: others moved the case on meanwhile. */
export function strandedDrafts(id: string, open: Offer[]): OfferDraft[] {
  const places = new Set(open.map((offer) => place(id, offer)))
  return [...drafts.entries()]
    .filter(([key, draft]) => key.startsWith(`${id} `) && !places.has(key) && writtenIn(draft).length > 0)
    .map(([, draft]) => draft)
}

/** The texts written by hand, in the order of the form; what was only chosen is chosen again quickly. */
export function writtenIn(draft: OfferDraft): string[] {
  const fields = draft.offer.part?.fields ?? []
  const typed = fields
    .filter((field) => field.type === 'text' || field.type === 'multiline')
    .map((field) => draft.entered[field.id])
  return [...typed, draft.answer.reason, draft.answer.text].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  )
}
