import { api, take } from '@/api/client'
import type { FieldValues, Offer, Written } from '@/api/types'

/** What a person filled in for an offer. */
export interface Answer {
  fields: FieldValues
  reason: string
  unit: string
  choice: string
  text: string
  occurredAt: string | undefined
  lateReason: string
}

export const EMPTY_ANSWER: Answer = {
  fields: {},
  reason: '',
  unit: '',
  choice: '',
  text: '',
  occurredAt: undefined,
  lateReason: '',
}

/** Where a write goes: the case as the reader saw it, and a key that makes a repeated attempt harmless. */
export interface Target {
  id: string
  seq: number
  key: string
}

/** Carries out an offer of the server. */
export function carryOut(offer: Offer, target: Target, answer: Answer): Promise<Written> {
  const params = {
    path: { id: target.id },
    header: { 'If-Match': `"${target.seq}"`, 'Idempotency-Key': target.key },
  }
  const reason = offer.reason_required ? { reason: answer.reason } : {}
  switch (offer.command) {
    case 'act': {
      const body = { fields: answer.fields, ...occurrence(answer) }
      const path = { id: target.id, act: offer.act ?? '' }
      return take(api.POST('/cases/{id}/acts/{act}', { params: { ...params, path }, body }))
    }
    case 'note':
      return take(api.POST('/cases/{id}/notes', { params, body: { text: answer.text } }))
    case 'dispatch':
      return take(api.POST('/cases/{id}/dispatch', { params, body: { unit: answer.unit, ...reason } }))
    case 'transfer':
      return take(api.POST('/cases/{id}/transfer', { params, body: { unit: answer.unit, ...reason } }))
    case 'accept':
      return take(api.POST('/cases/{id}/accept', { params, body: {} }))
    case 'refuse':
      return take(api.POST('/cases/{id}/refuse', { params, body: { reason: answer.reason } }))
    case 'pause': {
      const body = { clock: offer.clock ?? '', reason: answer.choice, note: answer.text }
      return take(api.POST('/cases/{id}/pause', { params, body }))
    }
    case 'resume':
      return take(api.POST('/cases/{id}/resume', { params, body: { clock: offer.clock ?? '' } }))
    case 'close':
      return take(api.POST('/cases/{id}/close', { params, body: reason }))
    case 'reopen':
      return take(api.POST('/cases/{id}/reopen', { params, body: { reason: answer.reason } }))
    case 'archive':
      return take(api.POST('/cases/{id}/archive', { params, body: {} }))
  }
}

/** Voids a wrong entry; it stays on record, struck. */
export function voidEntry(target: Target, entry: number, reason: string): Promise<Written> {
  const params = {
    path: { id: target.id },
    header: { 'If-Match': `"${target.seq}"`, 'Idempotency-Key': target.key },
  }
  return take(api.POST('/cases/{id}/corrections', { params, body: { entry, fields: null, reason } }))
}

function occurrence(answer: Answer): { occurred_at?: string; late_reason?: string } {
  return answer.occurredAt === undefined ? {} : { occurred_at: answer.occurredAt, late_reason: answer.lateReason }
}
