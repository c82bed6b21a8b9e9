import { beforeEach, describe, expect, it } from 'vitest'
import { dropDraft, EMPTY_DRAFT, isWorthKeeping, loadDraft, saveDraft } from './draft'

describe('the draft of a registration', () => {
  beforeEach(() => sessionStorage.clear())

  it('comes back as it was saved and goes when dropped', () => {
    const draft = { ...EMPTY_DRAFT, kind: 'complaint', entered: { subject: '漏水' } }
    saveDraft(sessionStorage, draft)
    expect(loadDraft(sessionStorage)).toEqual(draft)
    dropDraft(sessionStorage)
    expect(loadDraft(sessionStorage)).toBeUndefined()
  })

  it('survives a broken or older store', () => {
    sessionStorage.setItem('huiyin.draft.register', '{')
    expect(loadDraft(sessionStorage)).toBeUndefined()
    sessionStorage.setItem('huiyin.draft.register', '{"kind":"inquiry"}')
    expect(loadDraft(sessionStorage)).toEqual({ ...EMPTY_DRAFT, kind: 'inquiry' })
  })

  it('is worth keeping once something is written', () => {
    expect(isWorthKeeping({ ...EMPTY_DRAFT, kind: 'complaint', entered: { subject: '', topics: [] } })).toBe(false)
    expect(isWorthKeeping({ ...EMPTY_DRAFT, entered: { subject: '漏' } })).toBe(true)
  })
})
