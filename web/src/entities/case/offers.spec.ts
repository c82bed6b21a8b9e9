import { expect, it } from 'vitest'
import type { Entry, Offer } from '@/api/types'
import { inputsOf, nextOffer, offerKey, sortOffers } from './offers'

const offer = (command: Offer['command'], more: Partial<Offer> = {}): Offer => ({
  command,
  title: command,
  reason_required: false,
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

it('asks for what the command needs', () => {
  expect(inputsOf(offer('transfer', { reason_required: true }))).toMatchObject({ unit: true, reason: true, pause: false })
  expect(inputsOf(offer('pause', { reason_required: true }))).toMatchObject({ reason: false, pause: true })
  const extension = { most: 2, choices: [] } as unknown as NonNullable<Offer['extension']>
  expect(inputsOf(offer('extend', { reason_required: true, extension }))).toMatchObject({ reason: true, extension })
  expect(inputsOf(offer('note', { reason_required: true }))).toMatchObject({ note: true, reason: false, occurrence: false })
})
