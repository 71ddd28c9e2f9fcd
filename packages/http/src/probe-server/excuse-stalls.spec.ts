import type { CheckSnapshot } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { excuseStalls } from './excuse-stalls.ts'

const observed = (observedAt: number): CheckSnapshot => ({
  ...{ name: 'db', probes: ['readiness'], critical: true, status: 'pass' },
  observedAt,
  staleAt: observedAt + 18_000,
})

describe('excuseStalls', () => {
  it('leaves results as they are when there was no stall', () => {
    const checks = [observed(1000)]
    expect(excuseStalls(checks, [])).toBe(checks)
  })

  it('gives a result from before a stall as much longer as the stall lasted', () => {
    expect(excuseStalls([observed(1000)], [{ endedAt: 30_000, durationMs: 25_000 }])).toMatchObject([
      { staleAt: 44_000 },
    ])
  })

  it('adds up the stalls that a result has lived through', () => {
    const stalls = [
      { endedAt: 900, durationMs: 800 },
      { endedAt: 30_000, durationMs: 25_000 },
      { endedAt: 40_000, durationMs: 5000 },
    ]
    expect(excuseStalls([observed(1000)], stalls)).toMatchObject([{ staleAt: 49_000 }])
  })

  it('gives nothing to a result that came after the stall', () => {
    expect(excuseStalls([observed(30_000)], [{ endedAt: 30_000, durationMs: 25_000 }])).toEqual([observed(30_000)])
  })

  it('leaves a check alone that has no result or does not age', () => {
    const { observedAt: _, staleAt: __, ...pending } = observed(0)
    const { staleAt: ___, ...ageless } = observed(1000)
    const checks = [{ ...pending, status: 'pending' as const }, ageless]
    expect(excuseStalls(checks, [{ endedAt: 30_000, durationMs: 25_000 }])).toEqual(checks)
  })
})
