import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { CaseStatus, View } from '@/api/types'
import type { ListQuery } from '@/entities/case/queries'
import type { Counted } from '@/entities/statistics/figures'

const VIEWS: readonly string[] = ['mine', 'unclaimed', 'due_soon', 'overdue', 'follow_up', 'taken', 'all'] satisfies View[]
const STATUSES: readonly string[] = ['open', 'closed', 'archived'] satisfies CaseStatus[]

/** Forms in which the list can be taken out. */
export const EXPORT_FORMATS = ['xlsx', 'csv', 'jsonl'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** By what the list is ordered before the tightest limit; empty for that limit alone. */
export type Sort = '' | 'severity' | 'urgency'
const SORTS: readonly string[] = ['', 'severity', 'urgency'] satisfies Sort[]

/** What the work list shows. The address of the page is its only home, so that a list can be shared and gone back to. */
export interface Filters {
  view: View
  status: CaseStatus
  kind: string
  channel: string
  severity: string
  urgency: string
  /** The way down the tree of categories, names joined by slashes. */
  category: string
  sort: Sort
  q: string
  /** Id of somebody for whom one is deputy: the list as that person has it; empty as oneself. */
  for: string
  /** Only the cases behind a figure of the statistics; all other filters rest. */
  counted?: Counted
}

/** Reads the filters from the address; what it doesn't know it leaves at its start. */
export function fromAddress(query: LocationQuery): Filters {
  const text = (name: string): string => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const known = <Value extends string>(name: string, values: readonly string[], start: Value): Value =>
    values.includes(text(name)) ? (text(name) as Value) : start
  const counted = countedFrom(text)
  return {
    ...(counted === undefined ? {} : { counted }),
    view: known<View>('view', VIEWS, 'mine'),
    status: known<CaseStatus>('status', STATUSES, 'open'),
    kind: text('kind'),
    channel: text('channel'),
    severity: text('severity'),
    urgency: text('urgency'),
    category: text('category'),
    sort: known<Sort>('sort', SORTS, ''),
    q: text('q').trim(),
    for: text('for'),
  }
}

function countedFrom(text: (name: string) => string): Counted | undefined {
  const NEEDED = ['policy', 'kind', 'measure', 'first', 'last']
  if (NEEDED.some((name) => text(name) === '')) return undefined
  const known = [...NEEDED, 'class', 'value_min', 'value_max', 'unit'].filter((name) => text(name) !== '')
  return Object.fromEntries(known.map((name) => [name, text(name)])) as unknown as Counted
}

/** Writes the filters into the address, without those at their start. */
export function toAddress(filters: Filters): LocationQueryRaw {
  if (filters.counted !== undefined) return { ...filters.counted }
  const start = fromAddress({})
  const entries = Object.entries(filters).filter(([name, value]) => value !== start[name as keyof Filters])
  return Object.fromEntries(entries)
}

/** What to ask the server; a search looks through everything the person may see. */
export function toQuery(filters: Filters): ListQuery {
  if (filters.q !== '') return { q: filters.q }
  if (filters.counted !== undefined) return countedQuery(filters.counted)
  const { view, status, kind, channel, severity, urgency, category, sort } = filters
  const chosen = Object.entries({ kind, channel, severity, urgency, category, sort }).filter(([, value]) => value !== '')
  const represented = filters.for === '' ? {} : { acting_for: filters.for }
  return { view, status, ...represented, ...Object.fromEntries(chosen) }
}

function countedQuery({ value_min, value_max, ...counted }: Counted): ListQuery {
  const least = value_min === undefined ? {} : { value_min: Number(value_min) }
  const most = value_max === undefined ? {} : { value_max: Number(value_max) }
  return { ...counted, ...least, ...most }
}

/** Sets of columns of an export: those of the list, or all that is on record of one kind of case. */
export type ExportColumns = 'list' | 'full'

/** Where the server gives out the rows of the list as a table; a search has none, and without a kind there are not all columns. */
export function exportAddress(filters: Filters, format: ExportFormat, columns: ExportColumns, language: string): string | undefined {
  if (filters.q !== '') return undefined
  const asked = Object.entries(toQuery({ ...filters, sort: '' })).map(([name, value]): [string, string] => [name, String(value)])
  const query = new URLSearchParams([...asked, ['format', format], ['lang', language]])
  if (columns === 'full') {
    if (!query.has('kind')) return undefined
    query.set('columns', columns)
  }
  return `/api/v1/exports/cases?${query.toString()}`
}

/** Whether anything narrows the view. */
export function isNarrowed(filters: Filters): boolean {
  const { kind, channel, severity, urgency, category } = filters
  const chosen = [filters.q, kind, channel, severity, urgency, category].some((value) => value !== '')
  return filters.counted !== undefined || chosen || filters.status !== 'open'
}
