import { describe, expect, it } from 'vitest'
import type { FieldForm, PartyRole } from '@/api/types'
import { blankParty, fieldsOf, missingOf, toNewParty } from './parties'

const field = (id: string, kind: FieldForm['class'], required: FieldForm['required']): FieldForm => ({
  id,
  title: id,
  type: 'text',
  class: kind,
  required,
})
const role = (employee: PartyRole['employee']): PartyRole => ({
  role: 'accused',
  title: '被投诉人',
  clause: 'P1.6',
  max: 3,
  employee,
  part: { id: 'form', title: '', fields: [field('name', 'personal', 'always'), field('matter', 'ordinary', 'optional')] },
})

describe('parties', () => {
  it('ask an outsider for the personal fields, and never for a person', () => {
    const draft = blankParty(role('never'))
    expect(draft.employee).toBe(false)
    expect(missingOf(role('never'), draft)).toEqual(['name'])
    const filled = { ...draft, entered: { ...draft.entered, name: '李四' } }
    expect(toNewParty(role('never'), filled)).toEqual({ role: 'accused', fields: { name: '李四' } })
  })

  it('ask for the person of an employee and for nothing personal', () => {
    const draft = blankParty(role('allowed'))
    expect(draft.employee).toBe(true)
    expect(fieldsOf(role('allowed'), true)?.fields.map(({ id }) => id)).toEqual(['matter'])
    expect(missingOf(role('allowed'), draft)).toEqual(['person'])
    const chosen = { ...draft, person: 'p1', entered: { name: '小宁', matter: '训斥' } }
    expect(toNewParty(role('allowed'), chosen)).toEqual({ role: 'accused', person: 'p1', fields: { matter: '训斥' } })
  })

  it('take an outsider where an employee may be named but needn’t', () => {
    const draft = { ...blankParty(role('allowed')), employee: false }
    expect(missingOf(role('allowed'), draft)).toEqual(['name'])
  })
})
