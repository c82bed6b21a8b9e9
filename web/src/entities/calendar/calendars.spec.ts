import { expect, it } from 'vitest'
import { runsOf } from './calendars'

it('puts days together that follow each other and change alike', () => {
  const change = (date: string, after = '休息') => ({ date, before: '上班', after })
  const runs = runsOf([change('2027-02-05'), change('2027-02-08'), change('2027-02-09'), change('2027-02-10', '春节放假'), change('2027-02-28'), change('2027-03-01')])
  expect(runs.map(({ from, to }) => [from, to])).toEqual([
    ['2027-02-05', '2027-02-05'],
    ['2027-02-08', '2027-02-09'],
    ['2027-02-10', '2027-02-10'],
    ['2027-02-28', '2027-03-01'],
  ])
})
