import type { DraftRow, PolicyVersion } from '@/api/types'

/** A policy with what there is of it. */
export interface PolicyGroup {
  id: string
  title: string
  /** The newest first. */
  versions: PolicyVersion[]
  /** Those that are open, the newest first. */
  drafts: DraftRow[]
}

/** Versions and open drafts by policy; policies that are not published yet come last. */
export function byPolicy(versions: PolicyVersion[], drafts: DraftRow[]): PolicyGroup[] {
  const groups = new Map<string, PolicyGroup>()
  const group = (id: string, title: string) => {
    const known = groups.get(id) ?? { id, title, versions: [], drafts: [] }
    groups.set(id, known)
    return known
  }
  for (const version of versions) group(version.policy, version.title).versions.push(version)
  for (const draft of drafts) if (draft.standing === 'open') group(draft.policy, draft.title).drafts.push(draft)
  return [...groups.values()]
}

/** A file that was chosen, alone or with the folder it is in. */
export interface ChosenFile {
  name: string
  webkitRelativePath?: string
  text(): Promise<string>
}

/** The files among those chosen that a policy is made of, named from its folder: YAML, and calendars that come with it. */
export async function policyFiles(chosen: ChosenFile[]): Promise<Record<string, string>> {
  const read = chosen.map((file) => [nameInFolder(file), file] as const)
    .filter(([name]) => name.endsWith('.yaml') || /^calendars\/[^/]+\.json$/.test(name))
    .map(async ([name, file]) => [name, await file.text()] as const)
  return Object.fromEntries(await Promise.all(read))
}

function nameInFolder({ name, webkitRelativePath }: ChosenFile): string {
  const parts = (webkitRelativePath ?? '').split('/').slice(1)
  return parts.length === 0 ? name : parts.join('/')
}
