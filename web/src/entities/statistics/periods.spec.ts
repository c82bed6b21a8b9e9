import { describe, expect, it } from 'vitest'
import { daysOf, isMonth, isPeriod, LENGTHS, partsOf, periodAfter, periodFrom, periodOf, periodsUntil } from './periods'

describe('periods', () => {
  it('are told from other texts', () => {
    const texts = ['2026-02', '2026-W53', '2026-Q4', '2026-H2', '2026', '2026-13', '2026-2', '2026-Q5', '2026-H0', '2026-W54', '', '2026-02-01']
    expect(texts.map(isPeriod)).toEqual([true, true, true, true, true, ...Array.from({ length: 7 }, () => false)])
    expect(['2026-02', '2026', '2026-Q1'].map(isMonth)).toEqual([true, false, false])
  })

  it('follow each other over the turn of the year', () => {
    expect(periodAfter('2026-12', 1)).toBe('2027-01')
    expect(periodAfter('2026-03', -15)).toBe('2024-12')
    expect(periodAfter('2026-Q1', -1)).toBe('2025-Q4')
    expect(periodAfter('2026-H2', 1)).toBe('2027-H1')
    expect(periodAfter('2026', -3)).toBe('2023')
    expect(periodAfter('2026-W53', 1)).toBe('2027-W01')
    expect(periodAfter('2026-W01', -1)).toBe('2025-W52')
    expect(periodsUntil('2026-02', 3)).toEqual(['2026-02', '2026-01', '2025-12'])
  })

  it('end on their last day', () => {
    expect(daysOf('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' })
    expect(daysOf('2026-Q4')).toEqual({ first: '2026-10-01', last: '2026-12-31' })
    expect(daysOf('2026-H1').last).toBe('2026-06-30')
    expect(daysOf('2026')).toEqual({ first: '2026-01-01', last: '2026-12-31' })
    expect(daysOf('2026-W01')).toEqual({ first: '2025-12-29', last: '2026-01-04' })
  })

  it('are known by a day in them, and by their first and last', () => {
    expect(LENGTHS.map((length) => periodOf(length, '2027-01-03'))).toEqual(['2026-W53', '2027-01', '2027-Q1', '2027-H1', '2027'])
    expect(periodFrom('2026-02-01', '2026-02-28')).toBe('2026-02')
    expect(periodFrom('2026-07-01', '2026-12-31')).toBe('2026-H2')
    expect(periodFrom('2026-02-01', '2026-02-27')).toBeUndefined()
    expect(periodFrom('', '')).toBeUndefined()
  })

  it('are taken apart', () => {
    expect(partsOf('2026-Q3')).toEqual({ length: 'quarter', year: 2026, number: 3 })
    expect(partsOf('2026')).toEqual({ length: 'year', year: 2026, number: 1 })
  })
})
