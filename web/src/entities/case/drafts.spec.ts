import { expect, it } from 'vitest'
import type { FieldForm, Offer } from '@/api/types'
import { EMPTY_ANSWER } from './commands'
import { draftOf, dropDraft, keepDraft, strandedDrafts, writtenIn } from './drafts'

const field = (id: string, type: FieldForm['type']) => ({ id, type, title: id, required: 'no' }) as unknown as FieldForm
const offer = (command: Offer['command'], act?: string): Offer =>
  ({
    command,
    ...(act && { act, part: { id: act, title: act, fields: [field('text', 'multiline'), field('cause', 'one_of')] } }),
    title: command,
    reason_required: false,
    enabled: true,
  }) as unknown as Offer

it('keeps what was written for each offer until it is sent', () => {
  const reply = offer('act', 'reply')
  keepDraft('a', { offer: reply, entered: { text: '已为您更换。' }, answer: { ...EMPTY_ANSWER }, seen: 3 })
  expect(draftOf('a', reply)?.seen).toBe(3)
  expect(draftOf('b', reply)).toBeUndefined()
  expect(draftOf('a', offer('note'))).toBeUndefined()
  dropDraft('a', reply)
  expect(draftOf('a', reply)).toBeUndefined()
})

it('brings forward what was written for something that can no longer be done', () => {
  const [reply, note] = [offer('act', 'reply'), offer('note')]
  keepDraft('c', { offer: reply, entered: { text: '已为您更换。', cause: 'staff' }, answer: { ...EMPTY_ANSWER }, seen: 3 })
  keepDraft('c', { offer: note, entered: {}, answer: { ...EMPTY_ANSWER, text: ' ' }, seen: 3 })
  expect(strandedDrafts('c', [reply, note])).toEqual([])
  expect(strandedDrafts('c', []).map(writtenIn)).toEqual([['已为您更换。']])
  expect(strandedDrafts('d', [])).toEqual([])
})
