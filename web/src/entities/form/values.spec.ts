import { describe, expect, it } from 'vitest'
import type { FieldForm, FieldType, PartForm } from '@/api/types'
import { blank, messagesByField, missing, payload, restore } from './values'

const field = (id: string, type: FieldType, required: FieldForm['required'] = 'optional'): FieldForm => ({
  id,
  title: id,
  type,
  required,
  class: 'ordinary',
})

const part: PartForm = {
  id: 'intake',
  title: 'Intake',
  fields: [
    field('subject', 'text', 'always'),
    field('pieces', 'integer'),
    field('loss', 'money'),
    field('urgent', 'bool', 'always'),
    field('topics', 'many_of'),
  ],
}

describe('payload', () => {
  it('leaves out what is empty and sends each type as the contract wants it', () => {
    const entered = { subject: ' 漏水 ', pieces: '12', loss: '1200.00', urgent: 'no', topics: ['goods'] }
    expect(payload(part, entered)).toEqual({ subject: '漏水', pieces: 12, loss: '1200.00', urgent: false, topics: ['goods'] })
    expect(payload(part, blank(part))).toEqual({})
  })

  it('sends a wrong number as typed, for the server to refuse', () => {
    expect(payload(part, { pieces: 'a dozen' })).toEqual({ pieces: 'a dozen' })
  })
})

describe('missing', () => {
  it('names mandatory fields that are empty or blank', () => {
    expect(missing(part, { ...blank(part), subject: '  ' })).toEqual(['subject', 'urgent'])
    expect(missing(part, { ...blank(part), subject: '漏水', urgent: 'yes' })).toEqual([])
  })
})

describe('restore', () => {
  it('keeps what still fits the part', () => {
    const draft = { subject: '漏水', topics: 'goods', removed: 'x' }
    expect(restore(part, draft)).toEqual({ ...blank(part), subject: '漏水' })
  })
})

describe('messagesByField', () => {
  it('drops the part from the name', () => {
    expect(messagesByField([{ field: 'intake.subject', code: 'missing', message: '必填' }])).toEqual({ subject: '必填' })
  })
})
