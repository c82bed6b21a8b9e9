import type { KindForm } from '@/api/types'

const stored = (person: string) => `huiyin.register.kind.${person}`
const keyOf = ({ policy, kind }: KindForm) => `${policy}/${kind}`

/** The kind that this person registered last on this device, or the first. */
export function lastKind(store: Storage, person: string, kinds: KindForm[]): KindForm | undefined {
  const last = store.getItem(stored(person))
  return kinds.find((kind) => keyOf(kind) === last) ?? kinds[0]
}

export function rememberKind(store: Storage, person: string, kind: KindForm): void {
  store.setItem(stored(person), keyOf(kind))
}

/** The kind after this one, or before it, round and round. */
export function kindBeside(kinds: KindForm[], kind: KindForm, step: 1 | -1): KindForm | undefined {
  const place = kinds.findIndex((one) => keyOf(one) === keyOf(kind))
  return kinds[(place + step + kinds.length) % kinds.length]
}
