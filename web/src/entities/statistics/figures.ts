import type { DurationFigure, MeasureFigure, SumFigure } from '@/api/types'

/** Which cases a figure counts, as the address of the work list says it. */
export interface Counted {
  policy: string
  kind: string
  measure: string
  first: string
  last: string
  class?: string
  value_min?: string
  value_max?: string
  unit?: string
}

/** Whose cases, of which kind and when: what all figures of a page share. */
export type Scope = Omit<Counted, 'measure' | 'class' | 'value_min' | 'value_max'>

/** A share in per cent with one decimal; whole ones without. */
export function percent(permille: number | undefined): string {
  if (permille === undefined) return '–'
  return permille % 10 === 0 ? `${permille / 10}%` : `${(permille / 10).toFixed(1)}%`
}

/** What something is added up of. */
export type Summed = SumFigure['of']

/** A sum with its digits in threes, money with its sign. The text is exact; no arithmetic is done on it. */
export function amount({ of, sum }: { of: Summed; sum: string }): string {
  const grouped = sum.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  if (of === 'number') return grouped
  return grouped.startsWith('-') ? `-¥${grouped.slice(1)}` : `¥${grouped}`
}

/** A bar of a histogram: the values from `from` to `to`; the last one is open if `to` is missing. */
export interface Bin {
  from: number
  to: number | undefined
  cases: number
}

/** The most bars that can still be told apart on a narrow screen. */
const BINS_MAX = 16

/**
 * The values as bars without a gap, so that what does not occur is seen. Each bar is one value; what is longer than fits
 * goes into a last, open bar.
 */
export function bins(values: DurationFigure['values']): Bin[] {
  const longest = values.at(-1)?.value
  if (longest === undefined) return []
  const closed = longest < BINS_MAX ? longest + 1 : BINS_MAX - 1
  const cases = (from: number, to: number) =>
    values.filter(({ value }) => value >= from && value <= to).reduce((sum, one) => sum + one.cases, 0)
  const bars: Bin[] = Array.from({ length: closed }, (_, value) => ({ from: value, to: value, cases: cases(value, value) }))
  if (closed <= longest) bars.push({ from: closed, to: undefined, cases: cases(closed, longest) })
  return bars
}

type Of<Type> = MeasureFigure & { figure: Extract<MeasureFigure['figure'], { type: Type }> }

/** The measures of one type, in their order. */
export function ofType<Type extends MeasureFigure['figure']['type']>(measures: MeasureFigure[], type: Type): Of<Type>[] {
  return measures.filter((measure): measure is Of<Type> => measure.figure.type === type)
}
