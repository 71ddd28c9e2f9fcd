import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readmeLinks } from './readme-links.ts'
import { find, read, root } from './repository.ts'

function readFile(path: string): string | undefined {
  if (!existsSync(join(root, path))) return undefined
  return statSync(join(root, path)).isFile() ? read(path) : ''
}

describe('readmeLinks', () => {
  it.each(find('**/*.md'))('finds nothing in %s', (path) => {
    expect(readmeLinks(path, read(path), readFile)).toEqual([])
  })

  it('names a link to a file or a heading that does not exist', () => {
    const files = new Map([['docs/a.md', '# One `title`, two\n']])
    const markdown = '[1](a.md) [2](b.md) [3](./a.md#one-title-two) [4](a.md#three) [5](https://example.com/x.md)'
    expect(readmeLinks('docs/c.md', markdown, (path) => files.get(path))).toEqual([
      'docs/c.md links to b.md, which does not exist',
      'docs/c.md links to a.md#three: no such heading',
    ])
  })

  it('leaves out what stands in a block of code', () => {
    expect(readmeLinks('a.md', '```md\n[1](b.md)\n```\n', () => undefined)).toEqual([])
  })
})
