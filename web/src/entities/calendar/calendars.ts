import type { CalendarPreview } from '@/api/types'

/** The organisation's own calendar. */
export const OWN = 'own'

/** A run of days that change in the same way. */
export interface ChangedDays {
  from: string
  to: string
  before: string
  after: string
}

const DAY_MS = 86_400_000

/** Changed days, those that follow each other and change alike put together. */
export function runsOf(changes: CalendarPreview['changes']): ChangedDays[] {
  const runs: ChangedDays[] = []
  for (const { date, before, after } of changes) {
    const last = runs.at(-1)
    if (last !== undefined && last.before === before && last.after === after && follows(last.to, date)) last.to = date
    else runs.push({ from: date, to: date, before, after })
  }
  return runs
}

function follows(day: string, next: string): boolean {
  return Date.parse(next) - Date.parse(day) === DAY_MS
}
