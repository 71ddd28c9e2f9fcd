import { describe, expect, it } from 'vitest'
import { describeVerdicts } from './describe-verdicts.ts'

const run = (...codes: string[]) => ({
  ...{ requests: 10, lost: 0, exitCode: 0, exitSignal: null },
  verdicts: codes.map((code) => ({ code })),
})

describe('describeVerdicts', () => {
  it('says how often what was not found in each run', () => {
    expect(describeVerdicts([run('LOST', 'KILLED'), run('LOST')])).toBe('LOST, KILLED (1 of 2)')
  })

  it('says so when nothing was found', () => {
    expect(describeVerdicts([run(), run()])).toBe('passed')
  })
})
