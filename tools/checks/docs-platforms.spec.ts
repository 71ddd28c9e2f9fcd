import { describe, expect, it } from 'vitest'
import { docsDetection, docsPlatforms, type Preset } from './docs-platforms.ts'
import { load, read } from './repository.ts'

describe('docsPlatforms', () => {
  it('finds nothing in this repository', async () => {
    const { PRESETS } = await load('packages/core/src/platform/presets.ts')
    expect(docsPlatforms(PRESETS as Record<string, Preset>, read('docs/platforms.md'))).toEqual([])
  })

  it('names a row that differs, a row that is missing and one too many', () => {
    const presets = { a: { gracePeriodMs: 10_000, propagationMs: 0 }, b: { gracePeriodMs: 1600, propagationMs: 0 } }
    expect(docsPlatforms(presets, '| `a` | 30 s | 0 s  | – | x |')).toEqual([
      'docs/platforms.md says | `a` | 30 s | 0 s | – | x |, the presets say | `a` | 10 s | 0 s | – |',
      'docs/platforms.md says nothing, the presets say | `b` | 1.6 s | 0 s | – |',
    ])
    const rows = ['| `a` | 10 s | 0 s | – |', '| `b` | 1.6 s | 0 s | – |', '| `c` | 1 s | 0 s | – |']
    expect(docsPlatforms(presets, rows.join('\n'))).toEqual(['docs/platforms.md has rows too many'])
  })
})

describe('docsDetection', () => {
  it('finds nothing in this repository', () => {
    const source = read('packages/core/src/platform/detect-platform.ts')
    expect(source).toContain("['KUBERNETES_SERVICE_HOST', 'kubernetes']")
    expect(docsDetection(source, read('docs/platforms.md'))).toEqual([])
  })

  it('names a variable that is missing and one that means something else', () => {
    expect(docsDetection("['A', 'one'], ['B', 'two']", '| `A` | `one` |\n| `B` | `other` |\n')).toEqual([
      'docs/platforms.md does not say B → two',
      'docs/platforms.md says B → other, which is gone',
    ])
  })
})
