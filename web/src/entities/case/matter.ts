import type { FactPart } from '@/api/types'

/** What the customer says, in his own words; empty if the case holds none. */
export function contentOf(facts: FactPart[]): string {
  const fields = facts.flatMap((part) => part.fields)
  return fields.find((field) => field.meaning === 'content' && !field.sealed)?.text ?? ''
}

/** A contact as a telephone dials it; undefined if it is no telephone number. */
export function dialled(contact: string): string | undefined {
  const number = contact.replace(/[\s()（）-]/g, '')
  return /^\+?\d{5,15}$/.test(number) ? number : undefined
}
