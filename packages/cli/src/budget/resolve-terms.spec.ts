import { createLifecycle, type LifecycleOptions, type PlatformName, PRESETS } from '@lastcall/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BudgetTerms } from './budget.ts'
import { createBudget } from './create-budget.ts'
import { resolveTerms } from './resolve-terms.ts'

const sum = (terms: BudgetTerms) =>
  createBudget(terms, { platform: 'local', gracePeriodMs: 0, propagationMs: 0 }).neededMs
const platforms = Object.keys(PRESETS) as PlatformName[]

/** Whether the lifecycle itself accepts the options. */
function accepts(options: LifecycleOptions): boolean {
  try {
    createLifecycle({ ...options, signals: false, exit: false }).dispose()
    return true
  } catch {
    return false
  }
}

describe('resolveTerms', () => {
  it('divides the time as the lifecycle does', () => {
    const windowMs = PRESETS.kubernetes.gracePeriodMs
    const { lameDuck, ...options } = createLifecycle({ platform: 'kubernetes', signals: false, exit: false }).options
    expect(resolveTerms({}, 'kubernetes', { windowMs, preStopMs: 0 })).toEqual({
      ...{ preStopMs: 0, lameDuckMinMs: lameDuck.minMs, lameDuckMs: lameDuck.maxMs, drainMs: options.drainTimeoutMs },
      ...{ closeMs: options.closeTimeoutMs, flushMs: options.flushTimeoutMs, marginMs: options.marginMs },
    })
  })

  it('takes the phase `announce` for the lame duck where it is the longer one', () => {
    const terms = resolveTerms({ announceTimeoutMs: 5000 }, 'local', { windowMs: 10_000, preStopMs: 0 })
    expect(terms.lameDuckMs).toBe(5000)
  })

  it('refuses what the lifecycle refuses for another reason', () => {
    const refused = () => resolveTerms({ marginMs: -1 }, 'local', { windowMs: 10_000, preStopMs: 0 })
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_INVALID_OPTION' }) as Error)
  })

  it('gives terms whose sum is enough for the lifecycle, and is the given time where that is enough', () => {
    const ms = fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined })
    const anyOptions = fc.record({
      minMs: ms,
      drainTimeoutMs: ms,
      closeTimeoutMs: ms,
      flushTimeoutMs: ms,
      marginMs: ms,
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...platforms),
        anyOptions,
        fc.integer({ min: 1, max: 120_000 }),
        (platform, all, windowMs) => {
          const { minMs, ...rest } = all
          const options = Object.fromEntries(
            Object.entries({ ...rest, lameDuck: minMs === undefined ? undefined : { minMs } }).filter(
              ([, value]) => value !== undefined,
            ),
          ) as LifecycleOptions
          const neededMs = sum(resolveTerms(options, platform, { windowMs, preStopMs: 0 }))
          expect(neededMs <= windowMs).toBe(accepts({ ...options, platform, gracePeriodMs: windowMs }))
          expect(accepts({ ...options, platform, gracePeriodMs: Math.max(neededMs, windowMs) })).toBe(true)
        },
      ),
    )
  })
})
