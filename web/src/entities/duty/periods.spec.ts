import { describe, expect, it } from 'vitest'
import type { Duty, DutyPeriod, DutyStanding } from '@/api/types'
import { aboutOf, byMonth, daysOfMonths, lateOnes, monthsOf, nextOnes, openOnes, shortDay, stepOf } from './periods'

function period(due: string, standing: DutyStanding): DutyPeriod {
  return { opens: `${due.slice(0, 7)}-01`, due, from: '2026-01-01', to: '2026-01-31', standing }
}

function duty(name: string, ...periods: DutyPeriod[]): Duty {
  return { duty: name, periods } as Duty
}

describe('spans', () => {
  it('are whole years, quarters and months, or the twelve months that begin now', () => {
    expect(monthsOf('year', '2026-05', '2026-11')).toHaveLength(12)
    expect(monthsOf('year', '2026-05', '2026-11')[0]).toBe('2026-01')
    expect(monthsOf('quarter', '2026-05', '2026-11')).toEqual(['2026-04', '2026-05', '2026-06'])
    expect(monthsOf('month', '2026-05', '2026-11')).toEqual(['2026-05'])
    expect(monthsOf('ahead', '2026-05', '2026-11').at(-1)).toBe('2027-10')
    expect(daysOfMonths(['2026-04', '2026-05', '2026-06'])).toEqual({ first: '2026-04-01', last: '2026-06-30' })
  })

  it('follow each other', () => {
    expect(stepOf('quarter', '2026-11', 1)).toBe('2027-02')
    expect(stepOf('year', '2026-11', -1)).toBe('2025-11')
  })
})

describe('periods', () => {
  it('stand in the month they are due in, and what is due later in the last one', () => {
    const columns = byMonth([period('2026-01-31', 'done'), period('2026-12-31', 'open')], ['2026-01', '2026-02'])
    expect(columns.map((column) => column.map(({ due }) => due))).toEqual([['2026-01-31'], ['2026-12-31']])
  })

  it('are told by what a supervisor asks first', () => {
    const duties = [
      duty('a', period('2026-01-31', 'late'), period('2026-02-28', 'open'), period('2026-03-31', 'planned'), period('2026-04-30', 'planned')),
      duty('b', period('2025-12-31', 'owed'), period('2026-01-15', 'done'), period('2026-02-15', 'planned')),
    ]
    const names = (found: ReturnType<typeof lateOnes>) => found.map(({ duty, period }) => `${duty.duty} ${period.due}`)
    expect(names(lateOnes(duties))).toEqual(['b 2025-12-31', 'a 2026-01-31'])
    expect(names(openOnes(duties))).toEqual(['a 2026-02-28'])
    expect(names(nextOnes(duties))).toEqual(['b 2026-02-15', 'a 2026-03-31'])
  })

  it('are named by the month or year they are about', () => {
    const about = (from: string, to: string) => aboutOf({ from, to })
    expect(about('2026-02-01', '2026-02-28')).toBe('2026-02')
    expect(about('2026-01-01', '2026-12-31')).toBe('2026')
    expect(about('2026-01-01', '2026-03-31')).toBe('2026-01-01 – 2026-03-31')
    expect(about('2026-02-03', '2026-02-03')).toBe('2026-02-03')
    expect(shortDay('2026-03-09', '2026-11-01')).toBe('3/9')
    expect(shortDay('2027-03-09', '2026-11-01')).toBe('2027/3/9')
  })
})
