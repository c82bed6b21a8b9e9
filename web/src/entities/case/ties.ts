import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { CaseLink, CaseRow, CaseView, Offer, Written } from '@/api/types'
import { addressed, type Target } from './commands'
import { caseKeys } from './queries'

/** What one case is linked to another as, in the order in which it is offered. */
export const DECISIONS = ['recomplaint', 'same_matter', 'incident', 'merged'] as const
export type Decision = (typeof DECISIONS)[number]

/** The kinds of link in the order of the panel. */
export const LINKS: CaseLink['link'][] = [
  'raised_from',
  'merged_into',
  'repeats',
  'repeated_by',
  'same_matter',
  'part_of',
  'concerns',
  'absorbed',
  'sampled',
  'raised',
]

/** The links that may be decided on now. */
export function decisions(offers: Offer[]): Decision[] {
  const open = linking(offers).map((offer) => offer.link)
  return DECISIONS.filter((decision) => open.includes(decision))
}

/** For whom one decides on a link, if not in one's own right. */
export function representedIn(offers: Offer[], decision: Decision): string | undefined {
  return linking(offers).find((offer) => offer.link === decision)?.acting_for
}

function linking(offers: Offer[]): Offer[] {
  return offers.filter((offer) => offer.command === 'link' && offer.enabled)
}

/** Whether a case may still be linked so to another that is shown beside it. */
export function isLinked(view: Pick<CaseView, 'links'>, other: string): boolean {
  return view.links.some((link) => link.id === other)
}

/** How a case stands, for a person: an ending that was no handling is said as such. */
export function standing(row: Pick<CaseRow, 'status' | 'ending' | 'step_title'>): { title: string } | { key: string } {
  if (row.status === 'open') return { title: row.step_title }
  return { key: row.ending === undefined ? `status.${row.status}` : `ending.${row.ending}` }
}

export function linkCase(target: Target, link: Decision, other: string, actingFor?: string): Promise<Written> {
  return take(api.POST('/cases/{id}/links', { ...addressed(target, actingFor), body: { link, case: other } }))
}

export function unlinkCase(target: Target, link: string, other: string, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/links/undo', { ...addressed(target), body: { link, case: other, reason } }))
}

/** The case with a number as printed, if one may see it. */
export async function caseByNumber(number: string): Promise<CaseRow | undefined> {
  const page = await take(api.GET('/search', { params: { query: { q: number, limit: 5 } } }))
  return page.rows.find((row) => row.number === number)
}

export function placeHold(target: Target, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/hold', { ...addressed(target), body: { reason } }))
}

export function liftHold(target: Target, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/hold/lift', { ...addressed(target), body: { reason } }))
}

export function mergeCustomers(target: Target, record: string, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/customer/merge', { ...addressed(target), body: { record, reason } }))
}

export function partCustomers(target: Target, record: string, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/customer/part', { ...addressed(target), body: { record, reason } }))
}

/** The customer's records, other cases and likely duplicates. */
export function useCustomerFile(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [...caseKeys.one(toValue(id)), 'customer']),
    queryFn: () => take(api.GET('/cases/{id}/customer/file', { params: { path: { id: toValue(id) } } })),
  })
}

/** Earlier cases of the customer with this contact. */
export function useEarlierCases(contact: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['earlier', toValue(contact)]),
    queryFn: () => take(api.POST('/cases/earlier', { body: { contact: toValue(contact) } })),
    enabled: computed(() => toValue(contact) !== ''),
    gcTime: 0,
  })
}
