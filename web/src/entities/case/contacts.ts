import type { Contacts } from '@/api/types'

/** How the attempts to reach the customer stand, in the order in which it concerns whoever holds the case. */
export type ContactStanding = 'reached' | 'complete' | 'owed' | 'later' | 'over'

/** Where a series of attempts stands at a moment, in milliseconds since 1970. */
export function standingOf(contacts: Contacts, now: number): ContactStanding {
  if (contacts.reached) return 'reached'
  if (contacts.complete) return 'complete'
  const needed = contacts.next_needed
  if (needed === undefined) return 'over'
  return Date.parse(needed) <= now ? 'owed' : 'later'
}

/** When the next attempt is to be made, or else from when on one would count. */
export function nextAttempt(contacts: Contacts): string | undefined {
  return contacts.next_needed ?? contacts.next_possible
}
