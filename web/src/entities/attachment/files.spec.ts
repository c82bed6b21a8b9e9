import { describe, expect, it } from 'vitest'
import { acceptOf, extensionOf, nameInHeader, sizeInWords, unfit } from './files'

const LIMITS = { bytes_max: 20, extensions: ['jpg', 'pdf'] }

describe('a file that is chosen', () => {
  it('is judged by its last extension, whatever its case', () => {
    expect(['a.JPG', 'a.tar.gz', '.htaccess', 'none'].map(extensionOf)).toEqual(['jpg', 'gz', '', ''])
  })

  it('is not sent when the server would not take it', () => {
    expect(unfit({ name: 'a.jpg', size: 20 }, LIMITS)).toBeUndefined()
    expect(unfit({ name: 'a.jpg', size: 21 }, LIMITS)).toBe('tooBig')
    expect(unfit({ name: 'a.jpg', size: 0 }, LIMITS)).toBe('empty')
    expect(unfit({ name: 'a.exe', size: 1 }, LIMITS)).toBe('typeNotTaken')
  })

  it('is looked for by the extensions that are taken', () => {
    expect(acceptOf(LIMITS)).toBe('.jpg,.pdf')
  })
})

it('a name is sent in plain characters, whatever a system let it hold', () => {
  expect(nameInHeader('裂纹 1\uD83D.png')).toBe('%E8%A3%82%E7%BA%B9%201_.png')
})

it('a size is said in the largest fitting unit', () => {
  const sizes = [0, 1023, 1024, 10 * 1024, 1536 * 1024, 20 * 1024 * 1024, 3 * 1024 ** 3]
  expect(sizes.map(sizeInWords)).toEqual(['0 B', '1023 B', '1.0 KB', '10 KB', '1.5 MB', '20 MB', '3.0 GB'])
})
