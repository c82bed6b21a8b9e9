import type { ColumnForm, FieldProblem, RowValues } from '@/api/types'
import { YES } from './yesNo'

/** What the controls of a row hold, by column. */
export type Row = Record<string, string | string[]>

/** The controls of a row before anything is entered. */
export function blankRow(columns: ColumnForm[]): Row {
  return Object.fromEntries(columns.map((column) => [column.id, column.type === 'many_of' ? [] : '']))
}

/** Whether what a control holds is the rows of a sheet. */
export function areRows(entered: unknown): entered is Row[] {
  return Array.isArray(entered) && entered.every((item) => typeof item === 'object')
}

/** The rows to send: empty cells are left out, and so are rows without any. */
export function rowPayload(columns: ColumnForm[], rows: Row[]): RowValues[] {
  return rows.map((row) => cells(columns, row)).filter((values) => Object.keys(values).length > 0)
}

function cells(columns: ColumnForm[], row: Row): RowValues {
  const values: RowValues = {}
  for (const column of columns) {
    const entered = row[column.id]
    if (Array.isArray(entered)) {
      if (entered.length > 0) values[column.id] = entered
      continue
    }
    const text = entered?.trim() ?? ''
    if (text !== '') values[column.id] = column.type === 'bool' ? text === YES : text
  }
  return values
}

/** The key of a cell's message: the field, the row from 0, the column. */
export function cellKey(field: string, row: number, column: string): string {
  return `${field}[${row}].${column}`
}

/**
 * What the server says about the cells of rows, by cell. It counts the rows it was sent, so `sent` says which of those on the
 * screen these are. A problem of a whole column is that of each of its cells.
 */
export function messagesByCell(problems: FieldProblem[], field: string, sent: number[]): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const problem of problems) {
    if (problem.field.split('.').at(-1) !== field || problem.place === undefined) continue
    const cell = /^\[(\d+)\]\.(\w+)/.exec(problem.place)
    const column = /^\.(\w+)/.exec(problem.place)
    if (cell?.[2] !== undefined) messages[cellKey(field, sent[Number(cell[1])] ?? 0, cell[2])] = problem.message
    if (column?.[1] !== undefined) for (const row of sent) messages[cellKey(field, row, column[1])] = problem.message
  }
  return messages
}

/** Which rows are sent, by their place on the screen. */
export function sentRows(columns: ColumnForm[], rows: Row[]): number[] {
  return rows.flatMap((row, index) => (Object.keys(cells(columns, row)).length > 0 ? [index] : []))
}
