import { describe, expect, it } from 'vitest'
import { asRelation, EMPTY_RELATION } from './relations'

describe('a relation to record', () => {
  it('needs a kind and the other side', () => {
    expect(asRelation(EMPTY_RELATION)).toBeUndefined()
    expect(asRelation({ ...EMPTY_RELATION, kind: 'spouse' })).toBeUndefined()
    expect(asRelation({ ...EMPTY_RELATION, person: 'p1' })).toBeUndefined()
  })

  it('is to the side that is chosen, whatever was filled in of the other', () => {
    const both = { ...EMPTY_RELATION, kind: 'other' as const, person: 'p1', unit: 'u1' }
    expect(asRelation(both)).toEqual({ kind: 'other', person: 'p1', note: '' })
    expect(asRelation({ ...both, to: 'unit' })).toEqual({ kind: 'other', unit: 'u1', note: '' })
  })

  it('leaves out days that are not known', () => {
    const form = { ...EMPTY_RELATION, kind: 'relative' as const, person: 'p1', since: '2026-03-02' }
    expect(asRelation(form)).toEqual({ kind: 'relative', person: 'p1', note: '', since: '2026-03-02' })
  })
})
