import { expect, it } from 'vitest'
import type { DraftRow, PolicyVersion } from '@/api/types'
import { byPolicy, policyFiles } from './policies'

const version = (policy: string, number: number) => ({ policy, title: policy, version: number }) as PolicyVersion
const draft = (policy: string, standing: DraftRow['standing']) => ({ policy, title: policy, standing }) as DraftRow

it('puts versions and open drafts together by policy', () => {
  const groups = byPolicy([version('general', 2), version('general', 1)], [draft('general', 'withdrawn'), draft('retail', 'open')])
  expect(groups.map(({ id, versions, drafts }) => [id, versions.length, drafts.length])).toEqual([
    ['general', 2, 0],
    ['retail', 0, 1],
  ])
})

it('names files from the folder that was chosen and leaves out what is no part of a policy', async () => {
  const file = (name: string, webkitRelativePath = '') => ({ name, webkitRelativePath, text: () => Promise.resolve(name) })
  const chosen = [file('policy.yaml', 'general/policy.yaml'), file('a.yaml', 'general/tests/a.yaml'), file('README.md', 'general/README.md'), file('england.json', 'general/calendars/england.json'), file('other.json', 'general/other.json'), file('b.yaml')]
  expect(Object.keys(await policyFiles(chosen))).toEqual(['policy.yaml', 'tests/a.yaml', 'calendars/england.json', 'b.yaml'])
})
