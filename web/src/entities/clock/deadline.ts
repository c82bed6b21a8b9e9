import type { ClockState } from '@/api/types'

/** How a deadline looks. Each level has a shape of its own, so that colour never says it alone. */
export type Level = 'ample' | 'soon' | 'urgent' | 'overdue' | 'paused' | 'met' | 'missed'

/** What the look of a deadline depends on; all of it comes from the server. */
export interface DeadlineFacts {
  state: ClockState
  due_at?: string | undefined
  warn_at?: string[] | undefined
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A deadline this close looks urgent even if the policy warned only once. */
const URGENT_MS = HOUR
/** A policy that names no warning still gets an amber look this long before the due time. */
const SOON_WITHOUT_WARNING_MS = 4 * HOUR

/** The look of a deadline at `now` (milliseconds since 1970): amber from the policy's first warning, orange from its last. */
export function levelOf(facts: DeadlineFacts, now: number): Level {
  if (facts.state === 'met' || facts.state === 'missed') return facts.state
  if (facts.state === 'suspended' || facts.due_at === undefined) return 'paused'
  const left = Date.parse(facts.due_at) - now
  if (left < 0) return 'overdue'
  const warnings = facts.warn_at ?? []
  const passed = warnings.filter((at) => Date.parse(at) <= now).length
  if (left < URGENT_MS || (passed >= 2 && passed === warnings.length)) return 'urgent'
  const isSoon = warnings.length > 0 ? passed > 0 : left < SOON_WITHOUT_WARNING_MS
  return isSoon ? 'soon' : 'ample'
}

/** A span in the unit a reader needs at that size. */
export type Span =
  | { unit: 'minutes'; minutes: number }
  | { unit: 'clock'; hours: number; minutes: number }
  | { unit: 'hours'; hours: number }
  | { unit: 'days'; days: number }

/** Rounds a span of milliseconds down: minutes below an hour, h:mm below ten hours, hours below two days, then days. */
export function spanOf(milliseconds: number): Span {
  const span = Math.abs(milliseconds)
  if (span < HOUR) return { unit: 'minutes', minutes: Math.floor(span / MINUTE) }
  if (span < 10 * HOUR) {
    return { unit: 'clock', hours: Math.floor(span / HOUR), minutes: Math.floor((span % HOUR) / MINUTE) }
  }
  if (span < 2 * DAY) return { unit: 'hours', hours: Math.floor(span / HOUR) }
  return { unit: 'days', days: Math.floor(span / DAY) }
}

/** The share of the limit that is left, 0 to 1, for the ring. */
export function shareLeft(startedAt: string, dueAt: string, now: number): number {
  const start = Date.parse(startedAt)
  const whole = Date.parse(dueAt) - start
  if (!(whole > 0)) return 0
  return Math.min(1, Math.max(0, 1 - (now - start) / whole))
}
