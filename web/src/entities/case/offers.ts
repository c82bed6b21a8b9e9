import type { Entry, Offer, OfferCommand } from '@/api/types'

/** Tells two offers of a case apart. */
export function offerKey(offer: Offer): string {
  const { command, act, clock, kind, link, scale, party_role, seal } = offer
  return [command, act, clock, kind, link, scale, party_role, seal].filter((part) => part !== undefined).join('/')
}

/** Commands that carry a case on; the others accompany it. */
const ONWARDS: OfferCommand[] = ['accept', 'act', 'dispatch', 'close', 'archive']

/** Whether the offer carries the case on, rather than accompanying it. */
export function isOnwards(offer: Offer): boolean {
  return ONWARDS.includes(offer.command)
}

/** Commands that have a place of their own: a receipt code is issued beside the customer, links and seals have their panels. */
const ELSEWHERE: OfferCommand[] = ['issue_receipt', 'link', 'open_seal']
/** Whether the offer is about parties: these stand in their own panel. */
export function isOfParties(offer: Offer): boolean {
  return offer.command === 'add_party' || offer.command === 'remove_party'
}

/** What may be done now, what carries the case on first; and what can't be, with the server's reason. */
export function sortOffers(all: Offer[]): { open: Offer[]; blocked: Offer[] } {
  const offers = all.filter((offer) => !ELSEWHERE.includes(offer.command))
  const open = offers.filter((offer) => offer.enabled)
  return {
    open: [...open.filter(isOnwards), ...open.filter((offer) => !isOnwards(offer))],
    blocked: offers.filter((offer) => !offer.enabled),
  }
}

/**
 * The offer that most likely comes next: of those that carry the case on and aren't on record yet the first; once any is on record, the
 * first that takes the case out of its step, if that is possible by now.
 */
export function nextOffer(offers: Offer[], entries: Entry[]): Offer | undefined {
  const done = new Set(entries.filter((entry) => !entry.void).map((entry) => entry.act))
  const onwards = sortOffers(offers).open.filter(isOnwards)
  const left = onwards.filter((offer) => offer.act === undefined || !done.has(offer.act))
  const isBegun = left.length < onwards.length
  return (isBegun ? left.find((offer) => offer.leads_on) : undefined) ?? left[0]
}

/** What an offer asks for besides the fields of its part. */
export function inputsOf(offer: Offer) {
  return {
    unit: offer.command === 'dispatch' || offer.command === 'transfer',
    // A note is its own reason, and a pause has reasons to choose from.
    reason: offer.reason_required && offer.command !== 'pause' && offer.command !== 'note',
    pause: offer.command === 'pause',
    extension: offer.command === 'extend' ? offer.extension : undefined,
    level: offer.command === 'set_level',
    note: offer.command === 'note',
    toldBy: offer.command === 'withdraw',
    occurrence: offer.command === 'act' || offer.command === 'withdraw',
  }
}
