/** Months as `yyyy-mm`, which sort as they follow each other. */

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/

export function isMonth(text: string): boolean {
  return MONTH.test(text)
}

/** The month so many months later, or earlier if negative. */
export function monthAfter(month: string, months: number): string {
  const [, year = '1970', number = '01'] = MONTH.exec(month) ?? []
  const at = Number(year) * 12 + Number(number) - 1 + months
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** Its first and last day, both inclusive. */
export function daysOf(month: string): { first: string; last: string } {
  const [, year = '1970', number = '01'] = MONTH.exec(month) ?? []
  const days = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate()
  return { first: `${month}-01`, last: `${month}-${days}` }
}

/** So many months back from one, the latest first. */
export function monthsUntil(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, back) => monthAfter(last, -back))
}

/** Year and month as numbers, to be put into words. */
export function partsOf(month: string): { year: number; month: number } {
  const [, year = '1970', number = '01'] = MONTH.exec(month) ?? []
  return { year: Number(year), month: Number(number) }
}

/** The month of two days, if they are its first and its last. */
export function monthOf(first: string, last: string): string | undefined {
  const month = first.slice(0, 7)
  if (!isMonth(month)) return undefined
  const days = daysOf(month)
  return days.first === first && days.last === last ? month : undefined
}
