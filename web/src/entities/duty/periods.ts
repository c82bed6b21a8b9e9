import type { Duty, DutyPeriod, DutyStanding } from '@/api/types'
import { daysOf, periodAfter } from '@/entities/statistics/periods'

/** How much is looked over at a time: a calendar year, quarter or month, or the twelve months that begin now. */
export const SPANS = ['year', 'quarter', 'month', 'ahead'] as const
export type Span = (typeof SPANS)[number]

/** A period together with the duty it belongs to. */
export interface Owed {
  duty: Duty
  period: DutyPeriod
}

const MONTHS: Record<Span, number> = { year: 12, quarter: 3, month: 1, ahead: 12 }

/** The months of a span that a month lies in. */
export function monthsOf(span: Span, month: string, present: string): string[] {
  const number = Number(month.slice(5, 7)) - 1
  const back = { year: number, quarter: number % 3, month: 0, ahead: 0 }[span]
  const first = span === 'ahead' ? present : periodAfter(month, -back)
  return Array.from({ length: MONTHS[span] }, (_, index) => periodAfter(first, index))
}

/** The month to go to for the span before or after. */
export function stepOf(span: Span, month: string, direction: 1 | -1): string {
  return periodAfter(month, direction * MONTHS[span])
}

/** The first and the last day of some months. */
export function daysOfMonths(months: string[]): { first: string; last: string } {
  return { first: daysOf(months[0] ?? '').first, last: daysOf(months.at(-1) ?? '').last }
}

/** The periods by the month they are due in; what is due later than the last month stands in that one. */
export function byMonth(periods: DutyPeriod[], months: string[]): DutyPeriod[][] {
  const last = months.length - 1
  const columns: DutyPeriod[][] = months.map(() => [])
  for (const period of periods) {
    const at = months.indexOf(period.due.slice(0, 7))
    columns[at >= 0 ? at : last]?.push(period)
  }
  return columns
}

const LATE: readonly DutyStanding[] = ['late', 'owed']

/** Whether it should have been done, or its case should be there. */
export function isLate(period: DutyPeriod): boolean {
  return LATE.includes(period.standing)
}

function all(duties: Duty[]): Owed[] {
  return duties.flatMap((duty) => duty.periods.map((period) => ({ duty, period })))
}

const byDue = (one: Owed, other: Owed) => one.period.due.localeCompare(other.period.due) || one.period.opens.localeCompare(other.period.opens)

/** What is late, the longest first. */
export function lateOnes(duties: Duty[]): Owed[] {
  return all(duties)
    .filter(({ period }) => isLate(period))
    .sort(byDue)
}

/** What is being worked on and still in time, the most urgent first. */
export function openOnes(duties: Duty[]): Owed[] {
  return all(duties)
    .filter(({ period }) => period.standing === 'open')
    .sort(byDue)
}

/** The next period of each duty that is still to come, the soonest first. */
export function nextOnes(duties: Duty[]): Owed[] {
  const next = duties.flatMap((duty) => {
    const period = duty.periods.find(({ standing }) => standing === 'planned')
    return period === undefined ? [] : [{ duty, period }]
  })
  return next.sort((one, other) => one.period.opens.localeCompare(other.period.opens))
}

/** Month and day in the least room, with the year if it isn't this one. */
export function shortDay(day: string, today: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const short = `${Number(month)}/${Number(date)}`
  return year === today.slice(0, 4) ? short : `${year}/${short}`
}

/** The dates a period is about: a whole year or month by its name, anything else by its ends. */
export function aboutOf({ from, to }: Pick<DutyPeriod, 'from' | 'to'>): string {
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4)
  const month = from.slice(0, 7)
  const days = daysOf(month)
  if (days.first === from && days.last === to) return month
  return from === to ? from : `${from} – ${to}`
}
