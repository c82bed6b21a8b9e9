import { expect, it } from 'vitest'
import type { Adoption } from '@/api/types'
import { byUnit, filledIn, limitParts, shareTyped, writtenLimit, writtenShare } from './own'

it('takes a limit apart and puts it together again', () => {
  for (const written of ['3 working days', '2.5 working days', '12 hours', '30 minutes', '1 half working days', '2 weeks']) {
    const parts = limitParts(written)
    expect(parts && writtenLimit(parts)).toBe(written)
  }
  expect(limitParts('1 working day')).toEqual({ count: '1', unit: 'working days' })
  expect(limitParts('soon')).toBeUndefined()
  expect(limitParts(undefined)).toBeUndefined()
  expect(writtenLimit({ count: ' ', unit: 'hours' })).toBe('')
})

it('adds the sign to a share and takes it away', () => {
  expect(writtenShare('12.5')).toBe('12.5%')
  expect(writtenShare('')).toBe('')
  expect(shareTyped('12.5%')).toBe('12.5')
})

it('sends only what was filled in', () => {
  expect(filledIn({ a: '2 days', b: ' ', c: '' })).toEqual({ a: '2 days' })
})

const adoption = (version: number, unit: string, standing: Adoption['standing'], ends = false) =>
  ({ version, standing, ends, adopted_by: { unit: { id: unit, name: unit, path: unit }, base: 1 } }) as Adoption

it('puts adoptions together by unit, those in use first', () => {
  const units = byUnit([
    adoption(5, 'a', 'in_force', true),
    adoption(2, 'a', 'earlier'),
    adoption(6, 'b', 'to_come'),
    adoption(4, 'b', 'in_force'),
    adoption(3, 'b', 'earlier'),
  ])
  expect(units.map(({ unit, now, toCome, earlier }) => [unit.id, now?.version, toCome.length, earlier.length])).toEqual([
    ['b', 4, 1, 1],
    ['a', undefined, 0, 2],
  ])
})
