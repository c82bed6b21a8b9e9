import { describe, expect, it } from 'vitest'
import zhCN from './i18n/zh-CN'

const sources = import.meta.glob<string>(['./**/*.ts', './**/*.vue', '!./**/*.spec.ts', '!./api/schema.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const files = Object.entries(sources)

/** The greatest number of lines of a component. */
const COMPONENT_LINES_MAX = 150

/** Imports by alias or by relative path, as paths below `src`. */
function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map((match) => match[1] ?? match[2] ?? '')
  const folder = path.slice(2, path.lastIndexOf('/'))
  return found.map((from) => {
    if (from.startsWith('@/')) return from.slice(2)
    return from.startsWith('.') ? new URL(from, `http://x/${folder}/`).pathname.slice(1) : from
  })
}

/** Which pairs of folder and forbidden import exist. */
function crossings(folder: string, forbidden: (from: string, own: string) => boolean): string[] {
  return files
    .filter(([path]) => path.startsWith(`./${folder}/`))
    .flatMap(([path, text]) => importsOf(path, text).filter((from) => forbidden(from, path)).map((from) => `${path} → ${from}`))
}

describe('the rooms of the desk', () => {
  it('no page imports another page', () => {
    const own = (path: string) => path.split('/').slice(1, 3).join('/')
    expect(crossings('pages', (from, path) => from.startsWith('pages/') && !from.startsWith(`${own(path)}/`))).toEqual([])
  })

  it('entities know no components, pages or app', () => {
    expect(crossings('entities', (from) => /^(components|pages|app)\//.test(from))).toEqual([])
  })

  it('components know no pages or app', () => {
    expect(crossings('components', (from) => /^(pages|app)\//.test(from))).toEqual([])
  })

  it('the portal takes styles, rules and types alone, and nobody takes anything from it', () => {
    const allowed = /^(portal|styles|api\/schema|entities\/(form|appearance|attachment\/files))\b/
    expect(crossings('portal', (from) => /^(@|[a-z]+\/)/.test(from) && !allowed.test(from))).toEqual([])
    const others = ['api', 'app', 'components', 'entities', 'i18n', 'pages']
    expect(others.flatMap((room) => crossings(room, (from) => from.startsWith('portal/')))).toEqual([])
  })

  it('only entities talk to the server', () => {
    const callers = files.filter(([, text]) => text.includes("from '@/api/client'")).map(([path]) => path)
    expect(callers.filter((path) => !/^\.\/(entities|i18n)\//.test(path))).toEqual([])
  })
})

describe('components', () => {
  const components = files.filter(([path]) => path.endsWith('.vue'))
  const parts = (text: string) => ({
    template: text.slice(text.indexOf('<template>'), text.lastIndexOf('</template>')),
    style: text.slice(text.indexOf('<style')),
  })

  it('stay small', () => {
    const long = components.filter(([, text]) => text.split('\n').length > COMPONENT_LINES_MAX)
    expect(long.map(([path]) => path)).toEqual([])
  })

  it('hold no text of their own', () => {
    const spoken = components.filter(([, text]) => /[\u3400-\u9fff]/.test(parts(text).template))
    expect(spoken.map(([path]) => path)).toEqual([])
  })

  it('take colours from tokens', () => {
    const coloured = components.filter(([, text]) => /#[0-9a-f]{3,8}\b|rgb\(/i.test(parts(text).style))
    expect(coloured.map(([path]) => path)).toEqual([])
  })
})

/** The keys of all texts; a list counts as one. */
function leaves(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' || Array.isArray(text) ? [prefix + name] : leaves(text as object, `${prefix}${name}.`),
  )
}

it('every text that is asked for exists', () => {
  const exists = (key: string) => key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], zhCN)
  const asked = files.flatMap(([path, text]) => [...text.matchAll(/\bt\('([\w.]+)'/g)].map((match) => [path, match[1] ?? ''] as const))
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter(([, key]) => typeof exists(key) !== 'string')).toEqual([])
})

it('every text is asked for', () => {
  const everything = files.filter(([path]) => !path.startsWith('./i18n/')).map(([, text]) => text).join('\n')
  const patterns = [...everything.matchAll(/`([a-z]\w*\.[\w.]*)\$\{[^}]+\}([\w.]*)`/g)].map(([, start = '', end = '']) => ({ start, end }))
  const isAsked = (key: string) =>
    everything.includes(`'${key}'`) || patterns.some(({ start, end }) => key.startsWith(start) && key.endsWith(end))
  expect(leaves(zhCN).filter((key) => !isAsked(key))).toEqual([])
})
