import type { Settlement, SettledSheet, SheetCell, SheetRow } from '@/api/types'

/** The cells of a row that were worked out. */
export function workedOut(row: SheetRow): SheetCell[] {
  return row.cells.filter((cell) => cell.why !== undefined)
}

/** The other cells in one line, without the name of the row. */
export function filledIn(row: SheetRow): string {
  const cells = row.cells.filter((cell) => cell.why === undefined && cell.value !== row.name)
  return cells.map((cell) => `${cell.title} ${cell.value}`).join(' · ')
}

/** The sheets in which something is worked out; the others are only rows that somebody typed. */
export function worthReading(settlement: Settlement): SettledSheet[] {
  return settlement.sheets.filter((sheet) => sheet.rows.some((row) => workedOut(row).length > 0))
}
