import { expect, it } from 'vitest'
import type { Entry, Offer } from '@/api/types'
import { inputsOf, nextOffer, offerKey, sortOffers } from './offers'

const offer = (command: Offer['command'], more: Partial<Offer> = {}): Offer => ({
  command,
  title: command,
  reason_required: false,
  leads_on: false,
  enabled: true,
  ...more,
})

it('puts what carries the case on first and what is blocked aside', () => {
  const offers = [offer('note'), offer('act', { act: 'reply' }), offer('close', { enabled: false })]
  const { open, blocked } = sortOffers(offers)
  expect(open.map(offerKey)).toEqual(['act/reply', 'note'])
  expect(blocked.map(offerKey)).toEqual(['close'])
})

it('takes what is on record for done, unless it is void', () => {
  const offers = [offer('act', { act: 'investigate' }), offer('dispatch'), offer('note')]
  const entry = (act: string, isVoid: boolean) => ({ act, void: isVoid }) as Entry
  expect(nextOffer(offers, [])?.act).toBe('investigate')
  expect(nextOffer(offers, [entry('investigate', false)])?.command).toBe('dispatch')
  expect(nextOffer(offers, [entry('investigate', true)])?.act).toBe('investigate')
  expect(nextOffer([offer('note')], [])).toBeUndefined()
})

it('takes a case out of its step once something is on record, rather than offering what merely accompanies it', () => {
  const [sort, contact] = [offer('act', { act: 'sort' }), offer('act', { act: 'contact' })]
  const dispatch = offer('dispatch', { leads_on: true })
  const sorted = [{ act: 'sort', void: false }] as Entry[]
  expect(nextOffer([sort, contact, dispatch], [])?.act).toBe('sort')
  expect(nextOffer([sort, contact, dispatch], sorted)?.command).toBe('dispatch')
  expect(nextOffer([sort, contact, { ...dispatch, enabled: false }], sorted)?.act).toBe('contact')
})

it('asks for what the command needs', () => {
  expect(inputsOf(offer('transfer', { reason_required: true }))).toMatchObject({ unit: true, reason: true, pause: false })
  expect(inputsOf(offer('pause', { reason_required: true }))).toMatchObject({ reason: false, pause: true })
  const extension = { most: 2, choices: [] } as unknown as NonNullable<Offer['extension']>
  expect(inputsOf(offer('extend', { reason_required: true, extension }))).toMatchObject({ reason: true, extension })
  expect(inputsOf(offer('note', { reason_required: true }))).toMatchObject({ note: true, reason: false, occurrence: false })
})
