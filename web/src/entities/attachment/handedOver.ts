/** Files chosen for a case before it existed: its page sends them. They live no longer than this tab. */
const handedOver = new Map<string, File[]>()

export function handOver(id: string, files: File[]): void {
  if (files.length > 0) handedOver.set(id, files)
}

/** The files that were chosen for a case, each given once. */
export function takeOver(id: string): File[] {
  const files = handedOver.get(id) ?? []
  handedOver.delete(id)
  return files
}
