import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { VERDICT_CODES } from '../drill/result.ts'
import { judgeRun } from './judge-run.ts'

describe('judgeRun', () => {
  it('has a judge for every code', () => {
    const { verdicts, judged } = judgeRun(exampleFacts())
    expect(verdicts).toEqual([])
    expect(judged.toSorted()).toEqual(VERDICT_CODES.toSorted())
  })

  it('gives faults with their code, and leaves out what it cannot judge', () => {
    const { verdicts, judged } = judgeRun(exampleFacts({ liveness: [], portBound: true }))
    expect(verdicts.map(({ code }) => code)).toEqual(['PORT-BOUND'])
    expect(judged).not.toContain('LIVENESS-RED')
  })
})
