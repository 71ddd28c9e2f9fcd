import { describe, expect, it } from 'vitest'
import { docsErrors, unknownCodes } from './docs-errors.ts'
import { find, load, read } from './repository.ts'

describe('docsErrors', () => {
  it('finds nothing in this repository', async () => {
    const { ERROR_CODES } = await load('packages/core/src/errors/lastcall-error.ts')
    expect(docsErrors(ERROR_CODES as string[], read('docs/errors.md'))).toEqual([])
  })

  it('names a code without a section, a section without a code and a section written twice', () => {
    const markdown = '## `LASTCALL_OLD`\n\n## `LASTCALL_KEPT`\n\n## `LASTCALL_KEPT`\n'
    expect(docsErrors(['LASTCALL_NEW', 'LASTCALL_KEPT'], markdown)).toEqual([
      'docs/errors.md does not say LASTCALL_NEW',
      'docs/errors.md says LASTCALL_OLD, which is gone',
      'docs/errors.md says LASTCALL_KEPT twice',
    ])
  })
})

describe('unknownCodes', () => {
  it('finds nothing in this repository', async () => {
    const { ERROR_CODES } = await load('packages/core/src/errors/lastcall-error.ts')
    const sources = find('packages/*/src/**/*.ts')
    expect(sources.length).toBeGreaterThan(30)
    expect(sources.flatMap((path) => unknownCodes(ERROR_CODES as string[], path, read(path)))).toEqual([])
  })

  it('names a code that is not in the list', () => {
    expect(unknownCodes(['LASTCALL_A'], 'a.ts', "warn('LASTCALL_A'); warn('LASTCALL_B')")).toEqual([
      'a.ts uses LASTCALL_B, which ERROR_CODES lacks',
    ])
  })
})
