import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { Book, BookEntry, CaseRow, CaseView, FieldValues, LikelyCase, Offer, Written } from '@/api/types'
import { addressed, type Target } from './commands'
import { caseKeys } from './queries'

/** How an entry of a book stands. */
export const STANDINGS = ['undecided', 'missing', 'found', 'settled'] as const
export type Standing = (typeof STANDINGS)[number]

/** What is decided on an entry: an outcome, and the case where one was found. */
export interface Decided {
  book: Book
  number: number
  outcome: string
  found?: string
}

/** The books that are compared in a case. */
export function useBooks(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [...caseKeys.one(toValue(id)), 'books']),
    queryFn: () => take(api.GET('/cases/{id}/reconciliations', { params: { path: { id: toValue(id) } } })),
  })
}

/** How many entries stand so, in the order of the panel; those there are none of are left out. */
export function tallies(book: Pick<Book, 'entries'>): { standing: Standing; count: number }[] {
  const count = (standing: Standing) => book.entries.filter((entry) => entry.standing === standing).length
  return STANDINGS.map((standing) => ({ standing, count: count(standing) })).filter((one) => one.count > 0)
}

/** What is still to be decided comes first, then what is missing; among these in the order of the book. */
export function inOrder(entries: BookEntry[]): BookEntry[] {
  const rank = (entry: BookEntry) => STANDINGS.indexOf(entry.standing as Standing)
  return [...entries].sort((one, other) => rank(one) - rank(other) || one.number - other.number)
}

/** The outcome by which a case is named, and those by which none is. */
export function outcomes(book: Pick<Book, 'decide'>) {
  const { outcomes: all } = book.decide
  return { found: all.find((one) => one.standing === 'found'), others: all.filter((one) => one.standing !== 'found') }
}

/** What is filled in to decide on an entry. */
export function decidedFields({ book, number, outcome, found }: Decided): FieldValues {
  const { decide } = book
  const named = found === undefined ? {} : { [decide.case]: found }
  return { [decide.entry]: number, [decide.outcome]: outcome, ...named }
}

/** Decides on an entry, in one's own right or in that of somebody for whom one is deputy. */
export function decideEntry(target: Target, decided: Decided, actingFor?: string): Promise<Written> {
  const { headers } = addressed(target, actingFor)
  const path = { id: target.id, act: decided.book.decide.act }
  return take(api.POST('/cases/{id}/acts/{act}', { params: { path }, headers, body: { fields: decidedFields(decided) } }))
}

/** The offer of an act of a book. */
export function offerOf(offers: Offer[], act: string): Offer | undefined {
  return offers.find((offer) => offer.command === 'act' && offer.act === act)
}

/** The offers that have their place in the panel of a book. */
export function offersOfBooks(view: Pick<CaseView, 'books' | 'offers'>): Offer[] {
  const acts = (view.books ?? []).flatMap((book) => [book.enter, book.decide])
  return view.offers.filter((offer) => offer.command === 'act' && offer.act !== undefined && acts.includes(offer.act))
}

/** Whether a case has anything in common with the entry, apart from its time. */
export function isAlike(likely: Pick<LikelyCase, 'same' | 'text_percent'>): boolean {
  return likely.same.length > 0 || likely.text_percent !== undefined
}

/** How far from the entry's date a case came in, as a key for texts with its count. */
export function apart(likely: Pick<LikelyCase, 'days_after'>): { key: string; count: number } {
  const days = likely.days_after
  if (days === 0) return { key: 'book.sameDay', count: 0 }
  return { key: days > 0 ? 'book.daysAfter' : 'book.daysBefore', count: Math.abs(days) }
}

/** What is read of a case beside the entry: its words, or what names it. */
export function wordsOf(row: Pick<CaseRow, 'excerpt' | 'subject'>): string {
  return row.excerpt === '' ? row.subject : row.excerpt
}
