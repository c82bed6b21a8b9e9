import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(css|html|js|json|svg|txt|webmanifest)$/

/** Writes `.br` and `.gz` beside every built text file that becomes smaller by it. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) return
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!TEXT.test(name)) continue
        const raw = readFileSync(join(dir, name))
        const variants = { br: brotliCompressSync(raw), gz: gzipSync(raw, { level: 9 }) }
        for (const [suffix, packed] of Object.entries(variants)) {
          if (packed.length < raw.length) writeFileSync(join(dir, `${name}.${suffix}`), packed)
        }
      }
    },
  }
}
