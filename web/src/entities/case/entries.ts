import type { Entry } from '@/api/types'

export type RecordFilter = 'all' | 'customer' | 'internal' | 'system'

export const RECORD_FILTERS: RecordFilter[] = ['all', 'customer', 'internal', 'system']

/** The entries a filter shows, newest first. */
export function shownEntries(entries: Entry[], filter: RecordFilter): Entry[] {
  const fits = (entry: Entry): boolean => {
    switch (filter) {
      case 'all':
        return true
      case 'customer':
        return entry.to_customer || entry.by_customer
      case 'internal':
        return isInternal(entry)
      case 'system':
        return isSystem(entry)
    }
  }
  return entries.filter(fits).sort((a, b) => b.seq - a.seq)
}

/** Whether only staff may ever see it. */
export function isInternal(entry: Entry): boolean {
  return entry.kind === 'note'
}

/** Whether it was put on record by the system itself, as a consequence. */
export function isSystem(entry: Entry): boolean {
  return ['clock', 'linked', 'notice', 'numbered', 'portal', 'step'].includes(entry.kind)
}

/** Whether an entry no longer holds and is shown struck. */
export function isStruck(entry: Entry): boolean {
  return entry.void || entry.corrected_by !== undefined
}

/** Whether it was recorded later than it happened, by its own account. */
export function isLate(entry: Entry): boolean {
  return entry.late_reason !== undefined
}
