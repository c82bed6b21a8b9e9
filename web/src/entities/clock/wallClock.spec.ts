import { describe, expect, it } from 'vitest'
import { dueMoment, offsetOf, wallClock, wallClockAt } from './wallClock'

describe('wallClock', () => {
  it('reads the calendar’s own wall clock whatever zone the browser is in', () => {
    expect(wallClock('2026-11-24T18:05:30+08:00')).toEqual({ year: 2026, month: 11, day: 24, hour: 18, minute: 5, weekday: 2 })
    expect(wallClock('2026-02-13')).toEqual({ year: 2026, month: 2, day: 13, hour: 0, minute: 0, weekday: 5 })
    expect(wallClock('tomorrow')).toBeUndefined()
  })

  it('shows a moment in the calendar’s zone', () => {
    const shown = wallClockAt(Date.parse('2026-11-21T01:00:00Z'), '+08:00')
    expect([shown.day, shown.hour]).toEqual([21, 9])
    expect(wallClockAt(Date.parse('2026-11-21T01:00:00Z'), '-03:30').day).toBe(20)
  })

  it('finds the offset', () => {
    expect(offsetOf('2026-11-24T18:05:30+08:00')).toBe('+08:00')
    expect(offsetOf('2026-11-24T10:05:30Z')).toBe('Z')
  })
})

describe('dueMoment', () => {
  it('writes the end of a day as 24:00 of that day', () => {
    const due = dueMoment('2026-11-25T00:00:00+08:00', '2026-11-24')
    expect([due?.clock.day, due?.time]).toEqual([24, '24:00'])
  })

  it('keeps any other time', () => {
    const due = dueMoment('2026-11-24T18:00:00+08:00', '2026-11-24')
    expect([due?.clock.day, due?.time]).toEqual([24, '18:00'])
    expect(dueMoment('2026-11-24T00:00:00+08:00', '2026-11-24')?.time).toBe('00:00')
  })
})
