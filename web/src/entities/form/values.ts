import type { FieldForm, FieldProblem, FieldValue, FieldValues } from '@/api/types'
import { areRows, blankRow, messagesByCell, rowPayload, sentRows, type Row } from './rows'
import { YES } from './yesNo'

/** What the controls hold: text for everything typed or chosen once, a list for many choices, rows for a sheet. */
export type Entered = Record<string, string | string[] | Row[]>

/** What one control holds; nothing where it has rows. */
export function single(value: Entered[string] | undefined): string | string[] {
  return value === undefined || areRows(value) ? '' : (value as string | string[])
}

/** What controls hold that have no rows: a form for customers has none. */
export function plain(entered: Entered): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(entered).map(([id, value]) => [id, single(value)]))
}

/** What is filled in together. */
export interface Fields {
  fields: FieldForm[]
}

/** The controls of a part before anything is entered. */
export function blank(part: Fields): Entered {
  return Object.fromEntries(typed(part).map((field) => [field.id, empty(field)]))
}

/** The fields that somebody fills in: what the form's sheets give is typed by nobody. */
export function typed(part: Fields): FieldForm[] {
  return part.fields.filter((field) => !field.worked_out)
}

function empty(field: FieldForm): Entered[string] {
  if (field.type === 'rows') return [blankRow(field.columns ?? [])]
  return field.type === 'many_of' ? [] : ''
}

/** The controls of a part filled from an earlier draft; what the part doesn't know is dropped. */
export function restore(part: Fields, draft: Entered): Entered {
  const entries = Object.entries(blank(part)).map(([id, empty]) => {
    const known = draft[id]
    return [id, known !== undefined && Array.isArray(known) === Array.isArray(empty) ? known : empty] as const
  })
  return Object.fromEntries(entries)
}

/** The values to send: empty controls are left out. */
export function payload(part: Fields, entered: Entered): FieldValues {
  const values: FieldValues = {}
  for (const field of typed(part)) {
    const value = valueOf(field, entered[field.id])
    if (value !== undefined) values[field.id] = value
  }
  return values
}

function valueOf(field: FieldForm, entered: Entered[string] | undefined): FieldValue | undefined {
  if (field.type === 'rows') {
    const rows = rowPayload(field.columns ?? [], areRows(entered) ? entered : [])
    return rows.length > 0 ? rows : undefined
  }
  if (Array.isArray(entered)) return entered.length > 0 ? (entered as string[]) : undefined
  const text = entered?.trim() ?? ''
  if (text === '') return undefined
  if (field.type === 'bool') return text === YES
  // A number that isn't one goes out as typed, so that the server can say what is wrong with it.
  if (field.type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  return text
}

/** Mandatory fields that are still empty: checked before sending so that the first one can be focused at once. */
export function missing(part: Fields, entered: Entered): string[] {
  return typed(part)
    .filter((field) => field.required === 'always' && valueOf(field, entered[field.id]) === undefined)
    .map((field) => field.id)
}

/** The server's messages by field id; it names fields as `part.field`. Several of one field are all told. */
export function messagesByField(problems: FieldProblem[]): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const problem of problems) {
    const id = problem.field.split('.').at(-1) ?? ''
    messages[id] = messages[id] === undefined ? problem.message : `${messages[id]}\n${problem.message}`
  }
  return messages
}

/** The same, and those of cells by cell. */
export function messagesOf(part: Fields, entered: Entered, problems: FieldProblem[]): Record<string, string> {
  const ofCells = part.fields.map((field) => {
    const rows = entered[field.id]
    return areRows(rows) ? messagesByCell(problems, field.id, sentRows(field.columns ?? [], rows)) : {}
  })
  return Object.assign(messagesByField(problems), ...ofCells)
}
