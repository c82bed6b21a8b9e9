/** Periods by their names: `2026-W23`, `2026-06`, `2026-Q2`, `2026-H1` and `2026`. A name says how long its period is. */

export const LENGTHS = ['week', 'month', 'quarter', 'half_year', 'year'] as const
export type PeriodLength = (typeof LENGTHS)[number]

/** A period taken apart: the how manieth of its length in which year. */
export interface Parts {
  length: PeriodLength
  year: number
  number: number
}

const NAME = /^(\d{4})(?:-(?:W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])|Q([1-4])|H([12])))?$/
const MONTHS = { month: 1, quarter: 3, half_year: 6, year: 12 } as const
const DAY_MS = 86_400_000

/** Whether a text names a period. */
export function isPeriod(text: string): boolean {
  return NAME.test(text)
}

/** Whether a text names a month. */
export function isMonth(text: string): boolean {
  return isPeriod(text) && partsOf(text).length === 'month'
}

/** Its parts, to be put into words. */
export function partsOf(period: string): Parts {
  const [, year = '1970', week, month, quarter, half] = NAME.exec(period) ?? []
  const of = (length: PeriodLength, number: string | undefined) => ({ length, year: Number(year), number: Number(number ?? 1) })
  if (week !== undefined) return of('week', week)
  if (month !== undefined) return of('month', month)
  if (quarter !== undefined) return of('quarter', quarter)
  return half === undefined ? of('year', undefined) : of('half_year', half)
}

/** Its first and last day, both inclusive. */
export function daysOf(period: string): { first: string; last: string } {
  const { length, year, number } = partsOf(period)
  if (length === 'week') {
    const monday = mondayOf(year, number)
    return { first: written(monday), last: written(monday + 6 * DAY_MS) }
  }
  const months = MONTHS[length]
  return { first: written(Date.UTC(year, (number - 1) * months, 1)), last: written(Date.UTC(year, number * months, 0)) }
}

/** The period of a length that a day, `yyyy-mm-dd`, lies in. */
export function periodOf(length: PeriodLength, day: string): string {
  const year = day.slice(0, 4)
  if (length === 'week') return weekOf(Date.parse(day))
  const number = Math.floor((Number(day.slice(5, 7)) - 1) / MONTHS[length]) + 1
  return { month: `${year}-${padded(number)}`, quarter: `${year}-Q${number}`, half_year: `${year}-H${number}`, year }[length]
}

/** The period so many later, or earlier if negative. */
export function periodAfter(period: string, count: number): string {
  const { length, year, number } = partsOf(period)
  if (length === 'week') return weekOf(mondayOf(year, number) + count * 7 * DAY_MS)
  const months = MONTHS[length]
  return periodOf(length, written(Date.UTC(year, (number - 1 + count) * months, 1)))
}

/** So many periods back from one, the latest first. */
export function periodsUntil(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, back) => periodAfter(last, -back))
}

/** The period of two days, if they are its first and its last. */
export function periodFrom(first: string, last: string): string | undefined {
  if (Number.isNaN(Date.parse(first))) return undefined
  return LENGTHS.map((length) => periodOf(length, first)).find((period) => {
    const days = daysOf(period)
    return days.first === first && days.last === last
  })
}

/** The Monday of a week, by ISO 8601: the first week is the one with 4 January. */
function mondayOf(year: number, week: number): number {
  return mondayBefore(Date.UTC(year, 0, 4)) + (week - 1) * 7 * DAY_MS
}

function mondayBefore(at: number): number {
  return at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS
}

/** A week belongs to the year that its Thursday lies in. */
function weekOf(at: number): string {
  const monday = mondayBefore(at)
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear()
  return `${year}-W${padded((monday - mondayOf(year, 1)) / (7 * DAY_MS) + 1)}`
}

function written(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function padded(number: number): string {
  return String(number).padStart(2, '0')
}
