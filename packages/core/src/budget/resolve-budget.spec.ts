import { describe, expect, it } from 'vitest'
import type { LifecycleOptions } from '../options.ts'
import { type PlatformName, PRESETS } from '../platform/presets.ts'
import { type Budget, resolveBudget } from './resolve-budget.ts'

const platforms = Object.keys(PRESETS) as PlatformName[]

const sumOf = (budget: Budget) =>
  Math.max(budget.lameDuck.maxMs, budget.announceTimeoutMs) +
  budget.drainTimeoutMs +
  budget.closeTimeoutMs +
  budget.flushTimeoutMs +
  budget.marginMs

/** The refusal's message; `undefined` when the budget fits. */
function refusalOf(platform: PlatformName, options: LifecycleOptions = {}): string | undefined {
  try {
    resolveBudget('orders', platform, options)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

const suggestedSeconds = (message: string) => Number(/allow (\d+) s/.exec(message)?.[1])

describe('resolveBudget', () => {
  it('divides the 30 s of Kubernetes', () => {
    expect(resolveBudget('orders', 'kubernetes', {})).toEqual({
      gracePeriodMs: 30_000,
      marginMs: 3000,
      deadlineMs: 27_000,
      lameDuck: { minMs: 5000, quietMs: 1000, maxMs: 7000 },
      announceTimeoutMs: 2000,
      drainTimeoutMs: 13_000,
      closeTimeoutMs: 5000,
      flushTimeoutMs: 2000,
    })
  })

  it('has no lame duck where nobody routes', () => {
    expect(resolveBudget('orders', 'local', {})).toEqual({
      gracePeriodMs: 10_000,
      marginMs: 1000,
      deadlineMs: 9000,
      lameDuck: { minMs: 0, quietMs: 0, maxMs: 0 },
      announceTimeoutMs: 900,
      drainTimeoutMs: 5400,
      closeTimeoutMs: 1800,
      flushTimeoutMs: 900,
    })
  })

  it('keeps whole milliseconds when the grace period is an odd number', () => {
    const budget = resolveBudget('orders', 'local', { gracePeriodMs: 12_347 })
    const { lameDuck, ...shares } = budget
    expect(Object.values(shares).filter((ms) => !Number.isInteger(ms))).toEqual([])
    expect(sumOf(budget)).toBe(12_347)
  })

  it('gives the drain what the phases leave that the user set', () => {
    const budget = resolveBudget('orders', 'kubernetes', {
      gracePeriodMs: 60_000,
      marginMs: 4000,
      lameDuck: { minMs: 8000, quietMs: 500, maxMs: 10_000 },
      announceTimeoutMs: 1500,
      closeTimeoutMs: 3000,
      flushTimeoutMs: 1000,
    })
    expect(budget).toEqual({
      gracePeriodMs: 60_000,
      marginMs: 4000,
      deadlineMs: 56_000,
      lameDuck: { minMs: 8000, quietMs: 500, maxMs: 10_000 },
      announceTimeoutMs: 1500,
      drainTimeoutMs: 42_000,
      closeTimeoutMs: 3000,
      flushTimeoutMs: 1000,
    })
  })

  it('keeps a drain that is shorter than what is left', () => {
    expect(resolveBudget('orders', 'local', { drainTimeoutMs: 100 }).drainTimeoutMs).toBe(100)
  })

  it('lets a lame duck be turned off', () => {
    const { lameDuck } = resolveBudget('orders', 'kubernetes', { lameDuck: { minMs: 0 } })
    expect(lameDuck).toEqual({ minMs: 0, quietMs: 0, maxMs: 0 })
  })

  it('accepts shares whose fractions add up to the grace period only roughly', () => {
    const options = { gracePeriodMs: 10_000, marginMs: 1000.1, closeTimeoutMs: 0.2, flushTimeoutMs: 0.7 }
    expect(sumOf(resolveBudget('orders', 'local', options))).toBeCloseTo(10_000)
  })

  it('leaves no time unused by default, and asks for no more than there is', () => {
    for (const platform of platforms) {
      if (refusalOf(platform) !== undefined) continue
      expect(sumOf(resolveBudget('orders', platform, {})), platform).toBe(PRESETS[platform].gracePeriodMs)
    }
  })

  it('refuses a sum that does not fit, and shows it', () => {
    expect(refusalOf('kubernetes', { drainTimeoutMs: 20_000 })).toBe(
      "The shutdown of 'orders' does not fit on platform 'kubernetes': lame duck 7000 + drain 20000 + close 5000 + flush 2000 + " +
        'margin 3000 = 37000 ms, but gracePeriodMs is 30000. Shorten a phase, or allow 40 s on the platform ' +
        '(terminationGracePeriodSeconds on Kubernetes) and as gracePeriodMs.',
    )
  })

  it('names the phase `announce` where that is what takes the time', () => {
    expect(refusalOf('local', { announceTimeoutMs: 20_000 })).toContain(': announce 20000 + drain 900 + ')
  })

  it('carries a code', () => {
    const refused = () => resolveBudget('orders', 'local', { drainTimeoutMs: 10_000 })
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_BUDGET_EXCEEDED' }))
  })

  it('refuses a margin that leaves nothing', () => {
    expect(refusalOf('local', { gracePeriodMs: 500 })).toContain('margin 1000 = 1001 ms, but gracePeriodMs is 500')
  })

  it.each(platforms)('fits on %s, or says what grace period would be enough', (platform) => {
    const message = refusalOf(platform)
    if (message === undefined) return
    const gracePeriodMs = suggestedSeconds(message) * 1000
    expect(sumOf(resolveBudget('orders', platform, { gracePeriodMs }))).toBe(gracePeriodMs)
  })

  it('refuses just the platforms whose routing outlives what their default grace period can spare', () => {
    const refused = platforms.filter((platform) => refusalOf(platform) !== undefined)
    expect(refused).toEqual(['traefik', 'aws-lbc', 'agic', 'gke-neg'])
  })

  // A longer grace period has longer shares: a sum of the short one's shares would suggest too little.
  it.each<[PlatformName, LifecycleOptions]>([
    ['nomad', { lameDuck: { minMs: 4000 } }],
    ['fly', { lameDuck: { minMs: 20_000 } }],
    ['pm2', { drainTimeoutMs: 5000 }],
    ['local', { gracePeriodMs: 1 }],
    ['local', { closeTimeoutMs: 60_000 }],
    ['local', { drainTimeoutMs: 9500, marginMs: 1500 }],
    ['local', { drainTimeoutMs: 1e15 }],
    ['kubernetes', { lameDuck: { minMs: 25_000, quietMs: 5000 }, flushTimeoutMs: 10_000 }],
  ])('suggests a grace period that it accepts: %s with %o', (platform, options) => {
    const message = refusalOf(platform, options) ?? ''
    const gracePeriodMs = suggestedSeconds(message) * 1000
    expect(gracePeriodMs % 5000).toBe(0)
    expect(refusalOf(platform, { ...options, gracePeriodMs })).toBeUndefined()
  })

  it.each<[string, LifecycleOptions, string]>([
    ['gracePeriodMs', { gracePeriodMs: 0 }, 'a number of milliseconds, 1 or more'],
    ['gracePeriodMs', { gracePeriodMs: Infinity }, 'a number of milliseconds, 1 or more'],
    ['marginMs', { marginMs: -1 }, 'a number of milliseconds, 0 or more'],
    ['announceTimeoutMs', { announceTimeoutMs: NaN }, 'a number of milliseconds, 0 or more'],
    ['drainTimeoutMs', { drainTimeoutMs: -5 }, 'a number of milliseconds, 0 or more'],
    ['closeTimeoutMs', { closeTimeoutMs: -5 }, 'a number of milliseconds, 0 or more'],
    ['flushTimeoutMs', { flushTimeoutMs: '5' as unknown as number }, 'a number of milliseconds, 0 or more'],
    ['lameDuck.minMs', { lameDuck: { minMs: -1 } }, 'a number of milliseconds, 0 or more'],
    ['lameDuck.quietMs', { lameDuck: { quietMs: -1 } }, 'a number of milliseconds, 0 or more'],
    ['lameDuck.maxMs', { lameDuck: { minMs: 100, maxMs: 50 } }, 'a number of milliseconds, 100 or more'],
  ])('refuses a bad %s: %o', (option, options, expected) => {
    const message = refusalOf('local', options)
    expect(message).toMatch(new RegExp(`^Option ${option} is `))
    expect(message).toContain(`pass ${expected}.`)
  })
})
