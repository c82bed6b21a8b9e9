import { describe, expect, it } from 'vitest'
import { levelOf, shareLeft, spanOf, type DeadlineFacts } from './deadline'

const due_at = '2026-11-23T18:00:00+08:00'
const before = (hours: number) => Date.parse(due_at) - hours * 3_600_000
const running = (...warnBefore: number[]): DeadlineFacts => ({
  state: 'running',
  due_at,
  warn_at: warnBefore.map((hours) => new Date(before(hours)).toISOString()),
})

describe('levelOf', () => {
  it.each([
    ['before the first warning', running(24, 4), 30, 'ample'],
    ['from the first warning on', running(24, 4), 24, 'soon'],
    ['from the last warning on', running(24, 4), 4, 'urgent'],
    ['a single warning is only amber', running(24), 4, 'soon'],
    ['but the last hour is always urgent', running(24), 0.5, 'urgent'],
    ['without warnings, four hours before', running(), 3, 'soon'],
    ['without warnings, five hours before', running(), 5, 'ample'],
    ['at the due moment itself', running(), 0, 'urgent'],
    ['after it', running(24), -0.1, 'overdue'],
  ] as const)('%s', (_, facts, hours, level) => {
    expect(levelOf(facts, before(hours))).toBe(level)
  })

  it('takes ended and suspended clocks as the server says', () => {
    expect(levelOf({ state: 'met', due_at }, before(-5))).toBe('met')
    expect(levelOf({ state: 'missed', due_at }, before(5))).toBe('missed')
    expect(levelOf({ state: 'suspended' }, before(5))).toBe('paused')
  })
})

describe('spanOf', () => {
  it.each([
    [59, { unit: 'minutes', minutes: 0 }],
    [59 * 60, { unit: 'minutes', minutes: 59 }],
    [3600, { unit: 'clock', hours: 1, minutes: 0 }],
    [-(3 * 3600 + 10 * 60), { unit: 'clock', hours: 3, minutes: 10 }],
    [10 * 3600, { unit: 'hours', hours: 10 }],
    [47 * 3600 + 3599, { unit: 'hours', hours: 47 }],
    [48 * 3600, { unit: 'days', days: 2 }],
  ])('%i seconds', (seconds, span) => {
    expect(spanOf(seconds * 1000)).toEqual(span)
  })
})

describe('shareLeft', () => {
  const started = '2026-11-23T08:00:00+08:00'
  it('falls from one to zero and stays there', () => {
    expect(shareLeft(started, due_at, Date.parse(started))).toBe(1)
    expect(shareLeft(started, due_at, before(5))).toBe(0.5)
    expect(shareLeft(started, due_at, before(-1))).toBe(0)
    expect(shareLeft(due_at, due_at, before(1))).toBe(0)
  })
})
