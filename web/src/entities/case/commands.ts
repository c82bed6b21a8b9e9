import { api, take } from '@/api/client'
import type { FieldValues, NewParty, Offer, ReceiptIssued, SealOpened, Written } from '@/api/types'

/** What a person filled in for an offer. */
export interface Answer {
  fields: FieldValues
  reason: string
  unit: string
  choice: string
  /** By how many units a clock is extended. */
  more: number
  text: string
  occurredAt: string | undefined
  lateReason: string
}

export const EMPTY_ANSWER: Answer = {
  fields: {},
  reason: '',
  unit: '',
  choice: '',
  more: 1,
  text: '',
  occurredAt: undefined,
  lateReason: '',
}

/** Instead of a level: what the policy's table finds counts again. */
export const FOUND = '-'

/** Where a write goes: the case as the reader saw it, and a key that makes a repeated attempt harmless. */
export interface Target {
  id: string
  seq: number
  key: string
}

/** Carries out an offer of the server. */
export function carryOut(offer: Offer, target: Target, answer: Answer): Promise<Written> {
  const { params, headers } = addressed(target, offer.acting_for)
  const reason = offer.reason_required ? { reason: answer.reason } : {}
  switch (offer.command) {
    case 'act': {
      const body = { fields: answer.fields, ...occurrence(answer) }
      const path = { id: target.id, act: offer.act ?? '' }
      return take(api.POST('/cases/{id}/acts/{act}', { params: { path }, headers, body }))
    }
    case 'raise': {
      const path = { id: target.id, kind: offer.kind ?? '' }
      return take(api.POST('/cases/{id}/raise/{kind}', { params: { path }, headers, body: { fields: answer.fields } }))
    }
    case 'add_party':
    case 'remove_party':
      throw new TypeError('parties are added and removed in their own panel')
    case 'set_level': {
      const path = { id: target.id, scale: offer.scale ?? '' }
      const body = { ...(answer.choice === FOUND ? {} : { level: answer.choice }), reason: answer.reason }
      return take(api.POST('/cases/{id}/levels/{scale}', { params: { path }, headers, body }))
    }
    case 'note':
      return take(api.POST('/cases/{id}/notes', { params, headers, body: { text: answer.text } }))
    case 'dispatch':
      return take(api.POST('/cases/{id}/dispatch', { params, headers, body: { unit: answer.unit, ...reason } }))
    case 'transfer':
      return take(api.POST('/cases/{id}/transfer', { params, headers, body: { unit: answer.unit, ...reason } }))
    case 'accept':
      return take(api.POST('/cases/{id}/accept', { params, headers }))
    case 'refuse':
      return take(api.POST('/cases/{id}/refuse', { params, headers, body: { reason: answer.reason } }))
    case 'pause': {
      const body = { clock: offer.clock ?? '', reason: answer.choice, note: answer.text }
      return take(api.POST('/cases/{id}/pause', { params, headers, body }))
    }
    case 'resume':
      return take(api.POST('/cases/{id}/resume', { params, headers, body: { clock: offer.clock ?? '' } }))
    case 'extend': {
      const body = { clock: offer.clock ?? '', more: answer.more, reason: answer.reason }
      return take(api.POST('/cases/{id}/extend', { params, headers, body }))
    }
    case 'close':
      return take(api.POST('/cases/{id}/close', { params, headers, body: reason }))
    case 'reopen':
      return take(api.POST('/cases/{id}/reopen', { params, headers, body: { reason: answer.reason } }))
    case 'archive':
      return take(api.POST('/cases/{id}/archive', { params, headers }))
    case 'issue_receipt':
      return issueReceipt(offer, target)
    case 'withdraw': {
      const body = { told_by: answer.text, reason: answer.reason, ...occurrence(answer) }
      return take(api.POST('/cases/{id}/withdraw', { params, headers, body }))
    }
    case 'link':
      throw new Error('a link is decided on in its own panel')
    case 'open_seal':
      throw new Error('a seal is opened in its own panel')
  }
}

/** Issues a new receipt code to the customer; the one before opens nothing any more. */
export function issueReceipt(offer: Offer, target: Target): Promise<ReceiptIssued> {
  return take(api.POST('/cases/{id}/receipt-code', addressed(target, offer.acting_for)))
}

/** Opens a seal: what is under it is in the answer and nowhere else. */
export function openSeal(target: Target, seal: string, reason: string, actingFor?: string): Promise<SealOpened> {
  const { headers } = addressed(target, actingFor)
  const path = { id: target.id, seal }
  return take(api.POST('/cases/{id}/seals/{seal}/open', { params: { path }, headers, body: { reason } }))
}

/** Adds a party to a case. */
export function addParty(target: Target, body: NewParty, actingFor?: string): Promise<Written> {
  return take(api.POST('/cases/{id}/parties', { ...addressed(target, actingFor), body }))
}

/** Takes a party off a case; what is on record of it stays there. */
export function removeParty(target: Target, party: string, reason: string, actingFor?: string): Promise<Written> {
  const { headers } = addressed(target, actingFor)
  const path = { id: target.id, party }
  return take(api.POST('/cases/{id}/parties/{party}/remove', { params: { path }, headers, body: { reason } }))
}

/** Voids a wrong entry; it stays on record, struck. */
export function voidEntry(target: Target, entry: number, reason: string): Promise<Written> {
  return take(api.POST('/cases/{id}/corrections', { ...addressed(target), body: { entry, reason } }))
}

/** Path and headers of a write to a case, in one's own right or in that of somebody for whom one is deputy. */
export function addressed(target: Target, actingFor?: string) {
  const headers = { 'If-Match': `"${target.seq}"`, 'Idempotency-Key': target.key }
  const represented = actingFor === undefined ? {} : { 'Acting-For': actingFor }
  return { params: { path: { id: target.id } }, headers: { ...headers, ...represented } }
}

function occurrence(answer: Answer): { occurred_at?: string; late_reason?: string } {
  return answer.occurredAt === undefined ? {} : { occurred_at: answer.occurredAt, late_reason: answer.lateReason }
}
