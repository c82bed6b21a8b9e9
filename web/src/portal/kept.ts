import { newKey, type Receipt, type Submission } from './api'

/** What is half filled in. It stays in this tab only, and is erased once it was sent. */
export interface Draft {
  kind: string
  values: Record<string, string | string[]>
  consents: boolean
}

const DRAFT = 'huiyin.portal.draft'
const TRY = 'huiyin.portal.try'
const RECEIPT = 'huiyin.portal.receipt'

function read<Kept>(name: string): Kept | undefined {
  try {
    const text = sessionStorage.getItem(name)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

function put(name: string, kept: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept))
  } catch {
    // A browser without room or right to keep anything still works; it only forgets.
  }
}

export const draft = {
  read: () => read<Draft>(DRAFT),
  put: (kept: Draft) => put(DRAFT, kept),
  erase: () => {
    sessionStorage.removeItem(DRAFT)
    sessionStorage.removeItem(TRY)
  },
}

/** The key of a submission: the same for as long as nothing in it changes, so that trying again makes no second case. */
export function keyFor(submission: Submission): string {
  const content = JSON.stringify(submission)
  const tried = read<{ key: string; content: string }>(TRY)
  if (tried?.content === content) return tried.key
  const key = newKey()
  put(TRY, { key, content })
  return key
}

/** The receipt is kept in this tab until the customer says that he has kept it himself. */
export const receipt = {
  read: () => read<Receipt>(RECEIPT),
  put: (kept: Receipt) => put(RECEIPT, kept),
  erase: () => sessionStorage.removeItem(RECEIPT),
}
