import { beforeEach, describe, expect, it } from 'vitest'
import { draft, keyFor, receipt } from './kept'

const matter = { policy: 'general', kind: 'complaint', fields: { subject: '水壶漏水' }, consents: true }

beforeEach(() => sessionStorage.clear())

describe('the key of a submission', () => {
  it('stays when the same is sent again', () => {
    const key = keyFor(matter)
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(keyFor({ ...matter })).toBe(key)
  })

  it('is another once something was changed', () => {
    expect(keyFor({ ...matter, consents: false })).not.toBe(keyFor(matter))
  })

  it('goes with the draft', () => {
    const key = keyFor(matter)
    draft.put({ kind: 'complaint', values: {}, consents: true })
    draft.erase()
    expect(draft.read()).toBeUndefined()
    expect(keyFor(matter)).not.toBe(key)
  })
})

it('nothing is kept beyond the tab', () => {
  draft.put({ kind: 'complaint', values: { content: '漏水' }, consents: false })
  receipt.put({ number: 'TS2026000001', code: 'K7QM' })
  expect(receipt.read()?.code).toBe('K7QM')
  expect(localStorage.length).toBe(0)
  receipt.erase()
  expect(receipt.read()).toBeUndefined()
})
