import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { MeasuredKind } from '@/api/types'
import { isPeriod } from '@/entities/statistics/periods'

/** What the page shows. Its address is the only home of this, so that a period can be shared and gone back to. */
export interface Shown {
  period: string
  policy: string
  kind: string
}

/** What people come to see first: of the kinds with customers the first that is measured, or else the first. */
function firstOf(kinds: MeasuredKind[]): MeasuredKind | undefined {
  const ofCustomers = kinds.filter(({ internal }) => !internal)
  return ofCustomers.find(({ measured }) => measured) ?? ofCustomers[0] ?? kinds[0]
}

/** Reads the address; what it doesn't say is the present month and the kind that people come to see first. */
export function fromAddress(query: LocationQuery, kinds: MeasuredKind[], present: string): Shown | undefined {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const asked = kinds.find(({ policy, kind }) => policy === text('policy') && kind === text('kind'))
  const shown = asked ?? firstOf(kinds)
  if (shown === undefined) return undefined
  return { period: isPeriod(text('period')) ? text('period') : present, policy: shown.policy, kind: shown.kind }
}

export function toAddress({ period, policy, kind }: Shown): LocationQueryRaw {
  return { period, policy, kind }
}
