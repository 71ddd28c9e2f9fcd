import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { readyFlap } from './ready-flap.ts'

const change = (atMs: number, healthy: boolean) => ({ atMs, healthy, status: healthy ? 200 : 503 })
const start = change(-1900, true)

describe('readyFlap', () => {
  it('passes readiness that turns red once, or never', () => {
    expect(readyFlap.judge(exampleFacts())).toBe('pass')
    expect(readyFlap.judge(exampleFacts({ readiness: [start] }))).toBe('pass')
  })

  it('does not judge where there is no readiness', () => {
    expect(readyFlap.judge(exampleFacts({ readiness: [] }))).toBe('unjudged')
  })

  it('tells readiness that turns green again after the signal', () => {
    const readiness = [start, change(80, false), change(900, true)]
    expect(readyFlap.judge(exampleFacts({ readiness }))).toMatchObject({ atMs: 900, summary: expect.anything() })
  })

  it('tells readiness that turns red under load', () => {
    const readiness = [start, change(-700, false), change(-300, true), change(80, false)]
    expect(readyFlap.judge(exampleFacts({ readiness }))).toMatchObject({
      atMs: -700,
      summary: 'readiness answered 503 at −700 ms, before the signal',
    })
  })
})
