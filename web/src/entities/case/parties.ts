import type { NewParty, PartyRole } from '@/api/types'
import { blank, missing, payload, type Entered } from '@/entities/form/values'

/** What is being filled in of a party. */
export interface PartyDraft {
  role: string
  /** Whether it is one of the organisation's own people; then the person is chosen and nothing personal written. */
  employee: boolean
  person: string
  entered: Entered
}

/** An empty draft for a role. */
export function blankParty(role: PartyRole): PartyDraft {
  const entered = role.part === undefined ? {} : blank(role.part)
  return { role: role.role, employee: role.employee !== 'never', person: '', entered }
}

/** The fields to fill in: of one of the organisation's own people none that is personal. */
export function fieldsOf(role: PartyRole, employee: boolean): PartyRole['part'] {
  if (role.part === undefined || !employee) return role.part
  return { ...role.part, fields: role.part.fields.filter((field) => field.class !== 'personal') }
}

/** Ids of what must still be filled in; `person` stands for the person. */
export function missingOf(role: PartyRole, draft: PartyDraft): string[] {
  const part = fieldsOf(role, draft.employee)
  const fields = part === undefined ? [] : missing(part, draft.entered)
  return draft.employee && draft.person === '' ? ['person', ...fields] : fields
}

/** What to send. */
export function toNewParty(role: PartyRole, draft: PartyDraft): NewParty {
  const part = fieldsOf(role, draft.employee)
  const fields = part === undefined ? {} : payload(part, draft.entered)
  return { role: draft.role, fields, ...(draft.employee ? { person: draft.person } : {}) }
}
