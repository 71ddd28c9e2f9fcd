import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { docsMigration } from './docs-migration.ts'
import { find, read, root } from './repository.ts'

const INDEX = 'docs/migration/README.md'
const pages = find('docs/migration/*.md').filter((path) => path !== INDEX)

function installed(name: string): string | undefined {
  const manifest = `node_modules/${name}/package.json`
  return existsSync(root + manifest) ? JSON.parse(read(manifest)).version : undefined
}

describe('docsMigration', () => {
  it.each(pages)('finds nothing in %s', (path) => {
    expect(docsMigration(path, read(path), installed)).toEqual([])
  })

  it.each(pages)('finds %s in the index, with the same version', (path) => {
    const [, version = ''] = /Checked against (\d[\w.-]*\w)/.exec(read(path)) ?? []
    const row = read(INDEX).match(new RegExp(`^\\|.*\\(${path.split('/').at(-1)}\\).*$`, 'm'))?.[0]
    expect(row?.replaceAll(/ +/g, ' ')).toContain(`| ${version} |`)
  })

  it('finds a version that is not the installed one, and a package that is not installed', () => {
    const markdown = '# From stoppable\n\nIt stops. Checked against 1.0.9.\n'
    expect(docsMigration('a.md', markdown, () => '1.1.0')).toEqual([
      'a.md was checked against 1.0.9, stoppable 1.1.0 is installed',
    ])
    expect(docsMigration('a.md', markdown, () => undefined)).toHaveLength(1)
    expect(docsMigration('a.md', '# From stoppable\n', () => '1.1.0')).toHaveLength(1)
  })
})
