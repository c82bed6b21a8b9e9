import { describe, expect, it } from 'vitest'
import { exportAddress, fromAddress, isNarrowed, toAddress, toQuery } from './filters'

describe('the address of the work list', () => {
  it('starts with my open cases and says nothing about it', () => {
    const start = fromAddress({})
    expect(start).toMatchObject({ view: 'mine', status: 'open', q: '' })
    expect(toAddress(start)).toEqual({})
    expect(isNarrowed(start)).toBe(false)
  })

  it('goes there and back', () => {
    const address = { view: 'overdue', kind: 'complaint', channel: 'phone' }
    expect(toAddress(fromAddress(address))).toEqual(address)
    expect(isNarrowed(fromAddress(address))).toBe(true)
  })

  it('shows the list of somebody whom one represents', () => {
    const address = { view: 'taken', for: '0193' }
    expect(toAddress(fromAddress(address))).toEqual(address)
    expect(toQuery(fromAddress(address))).toEqual({ view: 'taken', status: 'open', acting_for: '0193' })
    expect(exportAddress(fromAddress(address), 'csv', 'list', 'en')).toContain('acting_for=0193')
  })

  it('ignores what it does not know', () => {
    expect(fromAddress({ view: 'everything', status: ['open', 'closed'] })).toMatchObject({ view: 'mine', status: 'open' })
  })
})

describe('the cases behind a figure', () => {
  const counted = { policy: 'general', kind: 'complaint', measure: 'reply_time', first: '2026-11-01', last: '2026-11-30', value_max: '7' }

  it('are all that is asked for', () => {
    const filters = fromAddress({ ...counted, view: 'mine' })
    expect(toQuery(filters)).toEqual({ ...counted, value_max: 7 })
    expect(toAddress(filters)).toEqual(counted)
    expect(isNarrowed(filters)).toBe(true)
  })

  it('need to be named in full', () => {
    expect(fromAddress({ ...counted, last: '' }).counted).toBeUndefined()
    expect(toQuery(fromAddress({ measure: 'closed' }))).toEqual({ view: 'mine', status: 'open' })
  })
})

describe('toQuery', () => {
  it('asks only for what is chosen', () => {
    expect(toQuery(fromAddress({ view: 'all', channel: 'phone' }))).toEqual({ view: 'all', status: 'open', channel: 'phone' })
  })

  it('searches everywhere, whatever the filters', () => {
    expect(toQuery(fromAddress({ view: 'mine', q: ' 漏水 ' }))).toEqual({ q: '漏水' })
  })
})

describe('exportAddress', () => {
  it('takes out the list as it is filtered, in the language of the desk', () => {
    const filters = fromAddress({ view: 'overdue', kind: 'complaint' })
    const address = '/api/v1/exports/cases?view=overdue&status=open&kind=complaint&format=xlsx&lang=en'
    expect(exportAddress(filters, 'xlsx', 'list', 'en')).toBe(address)
    expect(exportAddress(filters, 'xlsx', 'full', 'en')).toBe(`${address}&columns=full`)
  })

  it('takes out the cases behind a figure', () => {
    const counted = { policy: 'general', kind: 'complaint', measure: 'reply_time', first: '2026-11-01', last: '2026-11-30', value_max: '7' }
    const address = exportAddress(fromAddress(counted), 'csv', 'full', 'zh-CN') ?? ''
    const asked = Object.fromEntries(new URL(address, 'http://desk').searchParams)
    expect(asked).toEqual({ ...counted, format: 'csv', lang: 'zh-CN', columns: 'full' })
  })

  it('has nothing to take out of a search, and not all columns of several kinds', () => {
    expect(exportAddress(fromAddress({ q: '漏水' }), 'csv', 'list', 'zh-CN')).toBeUndefined()
    expect(exportAddress(fromAddress({}), 'csv', 'full', 'zh-CN')).toBeUndefined()
  })
})
