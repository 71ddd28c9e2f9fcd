import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { livenessRed } from './liveness-red.ts'

const red = [
  { atMs: -1900, healthy: true, status: 200 },
  { atMs: 90, healthy: false, status: 503 },
]

describe('livenessRed', () => {
  it('passes liveness that stays green, and does not judge where there is none', () => {
    expect(livenessRed.judge(exampleFacts())).toBe('pass')
    expect(livenessRed.judge(exampleFacts({ liveness: [] }))).toBe('unjudged')
  })

  it('tells when it turned red', () => {
    expect(livenessRed.judge(exampleFacts({ liveness: red }))).toMatchObject({
      summary: 'liveness answered 503 at +90 ms',
      atMs: 90,
      fix: 'Keep liveness green until the exit; let only readiness turn red.',
    })
  })

  it('tells liveness that depends on something else', () => {
    expect(livenessRed.judge(exampleFacts({ liveness: red, scenario: 'dependency-down' }))).toMatchObject({
      fix: 'Let only readiness depend on other services.',
    })
  })
})
