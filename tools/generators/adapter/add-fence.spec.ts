import { describe, expect, it } from 'vitest'
import { read } from '../../checks/repository.ts'
import { addFence } from './add-fence.js'

const TABLE = `export const FENCES = [
  { tag: 'type:adapter', projects: ['type:core'] },
  { tag: 'framework:express', packages: ['express'] },
  { tag: 'framework:koa', packages: ['koa'] },
  { tag: 'type:app', projects: [] },
]`

describe('addFence', () => {
  it.each([
    ['connect', 2],
    ['hapi', 3],
    ['polka', 4],
  ])('puts %s in its place among the frameworks', (name, line) => {
    const lines = addFence(TABLE, name).split('\n')
    expect(lines[line]).toBe(`  { tag: 'framework:${name}', packages: ['${name}'] },`)
    expect(lines.toSpliced(line, 1).join('\n')).toBe(TABLE)
  })

  it('refuses a framework that has a row, and a table that has none', () => {
    expect(() => addFence(TABLE, 'koa')).toThrow('a row for koa already')
    expect(() => addFence('export const FENCES = []', 'koa')).toThrow('no rows of frameworks')
  })

  it('knows the table as it is', () => {
    expect(addFence(read('tools/lint/fences.js'), 'polka')).toContain(
      "{ tag: 'framework:polka', packages: ['polka'] },",
    )
  })
})
