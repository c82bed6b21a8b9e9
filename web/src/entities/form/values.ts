import type { FieldForm, FieldProblem, FieldValue, FieldValues } from '@/api/types'

/** What the controls hold: text for everything typed or chosen once, a list for many choices. */
export type Entered = Record<string, string | string[]>

/** What is filled in together. */
export interface Fields {
  fields: FieldForm[]
}

/** Choices of a yes-or-no field. */
export const YES = 'yes'
export const NO = 'no'

/** The controls of a part before anything is entered. */
export function blank(part: Fields): Entered {
  return Object.fromEntries(part.fields.map((field) => [field.id, field.type === 'many_of' ? [] : '']))
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
  for (const field of part.fields) {
    const value = valueOf(field, entered[field.id])
    if (value !== undefined) values[field.id] = value
  }
  return values
}

function valueOf(field: FieldForm, entered: string | string[] | undefined): FieldValue | undefined {
  if (Array.isArray(entered)) return entered.length > 0 ? entered : undefined
  const text = entered?.trim() ?? ''
  if (text === '') return undefined
  if (field.type === 'bool') return text === YES
  // A number that isn't one goes out as typed, so that the server can say what is wrong with it.
  if (field.type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  return text
}

/** Mandatory fields that are still empty: checked before sending so that the first one can be focused at once. */
export function missing(part: Fields, entered: Entered): string[] {
  return part.fields
    .filter((field) => field.required === 'always' && valueOf(field, entered[field.id]) === undefined)
    .map((field) => field.id)
}

/** The server's messages by field id; it names fields as `part.field`. */
export function messagesByField(problems: FieldProblem[]): Record<string, string> {
  return Object.fromEntries(problems.map((problem) => [problem.field.split('.').at(-1) ?? '', problem.message]))
}
