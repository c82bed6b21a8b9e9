import { describe, expect, it } from 'vitest'
import { amount, bins, percent } from './figures'

describe('percent', () => {
  it('shows one decimal where there is one', () => {
    expect([undefined, 0, 667, 850, 1000].map(percent)).toEqual(['–', '0%', '66.7%', '85%', '100%'])
  })
})

describe('amount', () => {
  it('groups the digits before the point only', () => {
    const money = (sum: string) => amount({ of: 'money', sum })
    expect(['0.00', '999.99', '1001000.28', '-1234.50'].map(money)).toEqual(['¥0.00', '¥999.99', '¥1,001,000.28', '-¥1,234.50'])
    expect(amount({ of: 'number', sum: '12345' })).toBe('12,345')
  })
})

describe('bins', () => {
  const values = (...pairs: [number, number][]) => pairs.map(([value, cases]) => ({ value, cases }))

  it('have no gap', () => {
    expect(bins(values([1, 2], [3, 1]))).toEqual([
      { from: 0, to: 0, cases: 0 },
      { from: 1, to: 1, cases: 2 },
      { from: 2, to: 2, cases: 0 },
      { from: 3, to: 3, cases: 1 },
    ])
    expect(bins([])).toEqual([])
  })

  it('put what is long into an open bar and lose nothing', () => {
    const all = bins(values([0, 1], [14, 2], [15, 3], [40, 4]))
    expect(all).toHaveLength(16)
    expect(all.at(-1)).toEqual({ from: 15, to: undefined, cases: 7 })
    expect(all.reduce((sum, bin) => sum + bin.cases, 0)).toBe(10)
    expect(bins(values([15, 3])).at(-1)).toEqual({ from: 15, to: 15, cases: 3 })
  })
})
