/** What a clock on the wall shows, in the zone of the calendar: instants carry its offset, so no zone data is needed. */
export interface WallClock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  /** 0 is Sunday. */
  weekday: number
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/

/** Reads an instant or a date; a date is midnight. */
export function wallClock(text: string): WallClock | undefined {
  const parts = INSTANT.exec(text)?.slice(1).map((part) => Number(part ?? 0))
  if (parts === undefined) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, hour, minute, weekday }
}

/** The offset at the end of an instant, e.g. `+08:00`; `Z` where there is none. */
export function offsetOf(instant: string): string {
  return /([+-]\d{2}:\d{2}|Z)$/.exec(instant)?.[1] ?? 'Z'
}

/** What the wall clock shows at a moment, for the calendar's offset. */
export function wallClockAt(milliseconds: number, offset: string): WallClock {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(offset) ?? []
  const shift = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1)
  return wallClock(new Date(milliseconds + shift).toISOString()) as WallClock
}

/** Whether two wall clocks show the same day. */
export function isSameDay(a: WallClock, b: WallClock): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/**
 * The moment a deadline is written as. One that ends at 24:00 falls on 00:00 of the next day, while its due date stays
 * the day before.
 */
export function dueMoment(at: string, date: string | undefined): { clock: WallClock; time: string } | undefined {
  const moment = wallClock(at)
  const day = date === undefined ? undefined : wallClock(date)
  if (moment === undefined) return undefined
  if (day !== undefined && !isSameDay(day, moment) && moment.hour === 0 && moment.minute === 0) {
    return { clock: day, time: '24:00' }
  }
  return { clock: moment, time: `${twoDigits(moment.hour)}:${twoDigits(moment.minute)}` }
}
