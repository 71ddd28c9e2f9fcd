import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planReadiness } from './plan-readiness.ts'

describe('planReadiness', () => {
  it.each([
    [5000, { periodSeconds: 2, failureThreshold: 2, seenSeconds: 5 }],
    [60_000, { periodSeconds: 5, failureThreshold: 2, seenSeconds: 11 }],
    [2000, { periodSeconds: 1, failureThreshold: 1, seenSeconds: 2 }],
    [0, { periodSeconds: 1, failureThreshold: 1, seenSeconds: 2 }],
  ])('asks for a lame duck of %d ms as %o', (lameDuckMinMs, plan) => {
    expect(planReadiness(lameDuckMinMs)).toEqual(plan)
  })

  it('shows red within any lame duck that is long enough to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 200_000 }), (lameDuckMinMs) => {
        expect(planReadiness(lameDuckMinMs).seenSeconds * 1000).toBeLessThanOrEqual(lameDuckMinMs)
      }),
    )
  })
})
