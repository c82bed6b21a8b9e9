import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { SPANS, type Span } from '@/entities/duty/periods'
import { isMonth } from '@/entities/statistics/periods'

/** What the calendar of duties shows; its address is the only home of it. */
export interface Shown {
  span: Span
  month: string
}

/** Reads the address; what it doesn't say is the present year. */
export function fromAddress(query: LocationQuery, present: string): Shown {
  const { span, month } = query
  return {
    span: SPANS.find((one) => one === span) ?? 'year',
    month: typeof month === 'string' && isMonth(month) ? month : present,
  }
}

export function toAddress({ span, month }: Shown, present: string): LocationQueryRaw {
  return { ...(span === 'year' ? {} : { span }), ...(month === present ? {} : { month }) }
}
