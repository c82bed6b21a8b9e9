/** The shapes of the HTTP contract under the names of the glossary. */

export interface Titled {
  id: string
  title: string
}

export interface Clause {
  id: string
  text: string
}

export type Capability = 'register' | 'administer' | 'see_statistics'

export interface Me {
  person: Person
  roles: string[]
  may: string[]
  server_time: string
  organisation: string
}

export type FieldType =
  | 'text'
  | 'multiline'
  | 'bool'
  | 'integer'
  | 'money'
  | 'percent'
  | 'quantity'
  | 'date'
  | 'instant'
  | 'one_of'
  | 'many_of'
  | 'unit'
  | 'person'

export interface FieldForm {
  id: string
  title: string
  type: FieldType
  choices?: Titled[]
  required: 'always' | 'optional' | 'conditional'
  class: 'ordinary' | 'personal'
  meaning?: 'subject' | 'content' | 'customer_name' | 'customer_contact' | 'reply'
  help?: string
  clause?: string
  max_chars?: number
}

export interface PartForm {
  id: string
  title: string
  clause?: string
  fields: FieldForm[]
}

export interface KindForm {
  policy: string
  policy_title: string
  kind: string
  title: string
  clause: string
  channels: Titled[]
  part: PartForm
}

export type FieldValue = string | number | boolean | string[]
export type FieldValues = Record<string, FieldValue>

export type ClockState = 'running' | 'suspended' | 'met' | 'missed'

export interface ClockView {
  clock: string
  title: string
  clause: string
  state: ClockState
  started_at: string
  due_at?: string
  due_date?: string
  stopped_at?: string
  provisional: boolean
  generation: number
  limit: string
  warn_at: string[]
  explanation: string[]
}

export interface Due {
  clock: string
  title: string
  started_at: string
  at: string
  date: string
  provisional: boolean
}

export interface Holder {
  unit_id?: string
  unit?: string
  role?: string
  role_title?: string
  person_id?: string
  person?: string
}

export type CaseStatus = 'open' | 'closed' | 'archived'

export interface CaseRow {
  id: string
  number: string
  kind: string
  kind_title: string
  subject: string
  excerpt: string
  customer_name: string
  status: CaseStatus
  step: string
  step_title: string
  holder: Holder
  channel: string
  channel_title: string
  opened_at: string
  due?: Due
  seq: number
}

export interface CasePage {
  rows: CaseRow[]
  next_cursor?: string
}

export type View = 'mine' | 'unclaimed' | 'due_soon' | 'overdue' | 'taken' | 'all'
export type Counts = Record<View, number>

export interface ProcessNode {
  step: string
  title: string
  x: number
  y: number
  w: number
  h: number
  state: 'done' | 'current' | 'ahead' | 'skipped'
  who?: string
  at?: string
}

export interface ProcessEdge {
  from: string
  to: string
  points: number[][]
  kind: 'forward' | 'back'
}

export interface Process {
  width: number
  height: number
  nodes: ProcessNode[]
  edges: ProcessEdge[]
}

export type OfferCommand =
  | 'act'
  | 'dispatch'
  | 'transfer'
  | 'accept'
  | 'refuse'
  | 'pause'
  | 'resume'
  | 'close'
  | 'reopen'
  | 'archive'
  | 'note'

export interface Offer {
  command: OfferCommand
  act?: string
  clock?: string
  title: string
  clause?: Clause
  part?: PartForm
  reason_required: boolean
  reasons?: Titled[]
  enabled: boolean
  why_not?: { code: string; text: string }
}

export type EntryKind =
  | 'opened'
  | 'numbered'
  | 'act'
  | 'note'
  | 'dispatched'
  | 'transferred'
  | 'accepted'
  | 'refused'
  | 'step'
  | 'clock'
  | 'notice'
  | 'closed'
  | 'reopened'
  | 'archived'
  | 'correction'

export interface Entry {
  seq: number
  kind: EntryKind
  title: string
  text?: string
  who?: string
  occurred_at: string
  recorded_at: string
  late_reason?: string
  to_customer: boolean
  fields?: Fact[]
  corrected_by?: number
  void: boolean
  correctable: boolean
}

export interface Fact {
  id: string
  title: string
  value?: unknown
  text: string
}

export interface FactPart {
  part: string
  title: string
  fields: Fact[]
}

export interface CaseView extends CaseRow {
  policy: { id: string; title: string; version: number }
  taker: string
  first_contact: string
  customer_contact: string
  facts: FactPart[]
  clocks: ClockView[]
  process: Process
  offers: Offer[]
  entries: Entry[]
}

export interface Written {
  id: string
  number: string
  seq: number
}

export interface UnitPath {
  id: string
  name: string
  path: string
}

export interface Person {
  id: string
  name: string
  unit: UnitPath
}

export interface PersonAccount {
  person: Person
  positions: string[]
  login?: string
  roles: string[]
  active: boolean
}

export interface Invitation {
  link: string
  expires_at: string
}

export interface FieldProblem {
  field: string
  code: string
  message: string
}

export interface Problem {
  type: string
  code: string
  title: string
  detail?: string
  status: number
  clause?: Clause
  fields?: FieldProblem[]
  current_seq?: number
}
