import { describe, expect, it } from 'vitest'
import { daysOf, isMonth, monthAfter, monthOf, monthsUntil } from './months'

describe('months', () => {
  it('are told from other texts', () => {
    expect(['2026-02', '2026-13', '2026-2', '', '2026-02-01'].map(isMonth)).toEqual([true, false, false, false, false])
  })

  it('follow each other over the turn of the year', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01')
    expect(monthAfter('2026-01', -1)).toBe('2025-12')
    expect(monthAfter('2026-03', -15)).toBe('2024-12')
    expect(monthsUntil('2026-02', 3)).toEqual(['2026-02', '2026-01', '2025-12'])
  })

  it('end on their last day', () => {
    expect(daysOf('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' })
    expect(daysOf('2026-11').last).toBe('2026-11-30')
  })

  it('are known by their first and last day', () => {
    expect(monthOf('2026-02-01', '2026-02-28')).toBe('2026-02')
    expect(monthOf('2026-02-01', '2026-02-27')).toBeUndefined()
    expect(monthOf('', '')).toBeUndefined()
  })
})
