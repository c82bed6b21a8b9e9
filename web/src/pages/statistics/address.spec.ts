import { describe, expect, it } from 'vitest'
import { fromAddress, toAddress } from './address'

const kind = (policy: string, name: string) => ({ policy, policy_title: policy, kind: name, title: name })
const KINDS = [kind('general', 'inquiry'), kind('general', 'complaint')]

describe('the address of the statistics', () => {
  it('starts with the first kind in the present month', () => {
    expect(fromAddress({}, KINDS, '2026-11')).toEqual({ period: '2026-11', policy: 'general', kind: 'inquiry' })
    expect(fromAddress({}, [], '2026-11')).toBeUndefined()
  })

  it('goes there and back', () => {
    const shown = { period: '2026-Q2', policy: 'general', kind: 'complaint' }
    expect(fromAddress(toAddress(shown) as Record<string, string>, KINDS, '2026-11')).toEqual(shown)
  })

  it('ignores what there is not', () => {
    const shown = fromAddress({ period: '2026-14', policy: 'general', kind: 'praise' }, KINDS, '2026-11')
    expect(shown).toEqual({ period: '2026-11', policy: 'general', kind: 'inquiry' })
  })
})
