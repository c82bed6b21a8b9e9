import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { MeasuredKind } from '@/api/types'
import { isMonth } from '@/entities/statistics/months'

/** What the page shows. Its address is the only home of this, so that a month can be shared and gone back to. */
export interface Shown {
  month: string
  policy: string
  kind: string
}

/** Reads the address; what it doesn't say is the present month and the first kind there is. */
export function fromAddress(query: LocationQuery, kinds: MeasuredKind[], present: string): Shown | undefined {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const asked = kinds.find(({ policy, kind }) => policy === text('policy') && kind === text('kind'))
  const shown = asked ?? kinds[0]
  if (shown === undefined) return undefined
  return { month: isMonth(text('month')) ? text('month') : present, policy: shown.policy, kind: shown.kind }
}

export function toAddress({ month, policy, kind }: Shown): LocationQueryRaw {
  return { month, policy, kind }
}
