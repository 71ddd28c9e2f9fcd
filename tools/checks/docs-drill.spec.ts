import { describe, expect, it } from 'vitest'
import { docsDrill, type DrillNames, optionsOf } from './docs-drill.ts'
import { load, read } from './repository.ts'

describe('docsDrill', () => {
  it('finds nothing in this repository', async () => {
    const { VERDICT_CODES, OUTCOMES } = await load('packages/cli/src/drill/result.ts')
    const { SCENARIO_NAMES } = await load('packages/cli/src/drill/scenario-name.ts')
    const options = optionsOf(read('packages/cli/src/commands/drill.ts'))
    expect(options).toContain('--report <file>')
    const names = { verdicts: VERDICT_CODES, outcomes: OUTCOMES, scenarios: SCENARIO_NAMES, options } as DrillNames
    expect(docsDrill(names, read('docs/drill.md'))).toEqual([])
  })

  it('names what the document lacks, and what is gone', () => {
    const markdown = [
      ...['| `--rps <n>` | x |', '### `LOST`', '## Requests', '| refused | `refused` | x |'],
      ...['## Scenarios', '| `terminate` | x |', '## JSON', '| `runs` | x |'],
    ].join('\n')
    const names = { verdicts: ['LOST'], outcomes: ['refused'], scenarios: ['terminate'], options: ['--rps <n>'] }
    expect(docsDrill(names, markdown)).toEqual([])
    expect(docsDrill({ verdicts: ['KILLED'], outcomes: ['reset'], scenarios: [], options: [] }, markdown)).toEqual([
      'docs/drill.md does not say KILLED',
      'docs/drill.md says LOST, which is gone',
      'docs/drill.md does not say reset',
      'docs/drill.md says refused, which is gone',
      'docs/drill.md says terminate, which is gone',
      'docs/drill.md says --rps <n>, which is gone',
    ])
  })
})
