import { expect, it } from 'vitest'
import type { Offer } from '@/api/types'
import { inputsOf, offerKey, sortOffers } from './offers'

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

it('asks for what the command needs', () => {
  expect(inputsOf(offer('transfer', { reason_required: true }))).toMatchObject({ unit: true, reason: true, pause: false })
  expect(inputsOf(offer('pause', { reason_required: true }))).toMatchObject({ reason: false, pause: true })
  expect(inputsOf(offer('note'))).toMatchObject({ note: true, occurrence: false })
})
