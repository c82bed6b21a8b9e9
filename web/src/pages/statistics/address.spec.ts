import { describe, expect, it } from 'vitest'
import { fromAddress, toAddress } from './address'

const kind = (policy: string, name: string, of = { internal: false, measured: true }) => ({ policy, policy_title: policy, kind: name, title: name, ...of })
const KINDS = [kind('general', 'inquiry'), kind('general', 'complaint')]

describe('the address of the statistics', () => {
  it('starts with the first kind in the present month', () => {
    expect(fromAddress({}, KINDS, '2026-11')).toEqual({ period: '2026-11', policy: 'general', kind: 'inquiry' })
    expect(fromAddress({}, [], '2026-11')).toBeUndefined()
  })

  it('starts with what is measured of the cases of customers', () => {
    const duty = kind('hotline', 'duty', { internal: true, measured: true })
    const inquiry = kind('hotline', 'inquiry', { internal: false, measured: false })
    const order = kind('hotline', 'order')
    expect(fromAddress({}, [duty, inquiry, order], '2026-11')?.kind).toBe('order')
    expect(fromAddress({}, [duty, inquiry], '2026-11')?.kind).toBe('inquiry')
    expect(fromAddress({}, [duty], '2026-11')?.kind).toBe('duty')
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
