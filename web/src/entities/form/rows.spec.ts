import { describe, expect, it } from 'vitest'
import type { ColumnForm } from '@/api/types'
import { blankRow, messagesByCell, rowPayload, sentRows } from './rows'

const columns: ColumnForm[] = [
  { id: 'item', title: '项次', type: 'name', key: true },
  { id: 'paid', title: '实付', type: 'money', key: false },
  { id: 'stamped', title: '盖章', type: 'bool', key: false },
  { id: 'proof', title: '凭证', type: 'many_of', choices: [{ id: 'invoice', title: '发票' }], key: false },
]

describe('rows', () => {
  it('send what is filled in, as text so that no digit is lost', () => {
    const rows = [
      { item: ' A ', paid: '100.10', stamped: 'yes', proof: ['invoice'] },
      blankRow(columns),
      { item: 'B', paid: '', stamped: 'no', proof: [] },
    ]
    expect(rowPayload(columns, rows)).toEqual([
      { item: 'A', paid: '100.10', stamped: true, proof: ['invoice'] },
      { item: 'B', stamped: false },
    ])
    expect(sentRows(columns, rows)).toEqual([0, 2])
  })

  it('show each problem at its cell, counting only the rows that were sent', () => {
    const problem = (place: string) => ({ field: 'losses.items', code: 'not_settled', message: place, place })
    const messages = messagesByCell([problem('[1].paid'), problem('.item'), problem('[0]')], 'items', [0, 2])
    expect(messages).toEqual({ 'items[2].paid': '[1].paid', 'items[0].item': '.item', 'items[2].item': '.item' })
  })

  it('leave problems of other fields alone', () => {
    const problem = { field: 'losses.on', code: 'field_missing', message: '请填写' }
    expect(messagesByCell([problem], 'items', [0])).toEqual({})
  })
})
