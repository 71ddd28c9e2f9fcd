import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { lateExit } from './late-exit.ts'

describe('lateExit', () => {
  it.each([
    [30_000, 27_000],
    [10_000, 9000],
    [5000, 4000],
    [1000, 500],
  ])('leaves a tenth of %d ms, and a second where there is room for it', (graceMs, latestMs) => {
    expect(lateExit.judge(exampleFacts({ graceMs, exitMs: latestMs }))).toBe('pass')
    expect(lateExit.judge(exampleFacts({ graceMs, exitMs: latestMs + 1 }))).toMatchObject({ atMs: latestMs + 1 })
  })

  it('leaves what was killed to another verdict', () => {
    expect(lateExit.judge(exampleFacts({ killedMs: 30_000, exitMs: 30_010 }))).toBe('unjudged')
  })
})
