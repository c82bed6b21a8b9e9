import type { AttachmentList } from '@/api/types'

/** Halves of characters, which some systems allow in names and which can't be written in UTF-8. */
const LONE_SURROGATES = /[\uD800-\uDFFF]/gu

/** A file's name as the server reads it from a header. */
export function nameInHeader(name: string): string {
  return encodeURIComponent(name.replace(LONE_SURROGATES, '_'))
}

/** Why a file need not even be sent: the server would not take it. */
export type Unfit = 'empty' | 'tooBig' | 'typeNotTaken'

/** The extension of a name, in lower case without its dot. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.')
  return at > 0 ? name.slice(at + 1).toLowerCase() : ''
}

/** What the server says of its limits decides; what is undefined here is for the server to judge. */
export function unfit(file: Pick<File, 'name' | 'size'>, limits: Pick<AttachmentList, 'bytes_max' | 'extensions'>): Unfit | undefined {
  if (file.size === 0) return 'empty'
  if (!limits.extensions.includes(extensionOf(file.name))) return 'typeNotTaken'
  return file.size > limits.bytes_max ? 'tooBig' : undefined
}

/** What a file chooser offers. */
export function acceptOf(limits: Pick<AttachmentList, 'extensions'>): string {
  return limits.extensions.map((extension) => `.${extension}`).join(',')
}

const UNITS = ['KB', 'MB', 'GB'] as const

/** A size in the largest fitting unit, of which there are 1024 in the next. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  let size = bytes / 1024
  let unit: (typeof UNITS)[number] = 'KB'
  for (const next of UNITS.slice(1)) {
    if (size < 1024) break
    size /= 1024
    unit = next
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`
}
