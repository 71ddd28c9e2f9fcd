import { describe, expect, it } from 'vitest'
import type { Check } from './check.ts'
import { CHECK_DEFAULTS, resolveCheck } from './resolve-check.ts'

const run = () => undefined

describe('resolveCheck', () => {
  it('applies every default', () => {
    expect(resolveCheck({ name: 'db', run })).toEqual({
      ...{ name: 'db', run, probes: ['readiness'] },
      ...{ intervalMs: 5000, jitter: 0.1, timeoutMs: 1000, staleAfterMs: 18_000 },
      ...{ successThreshold: 1, failureThreshold: 1, critical: true, failOpen: false },
    })
  })

  it('keeps what is said', () => {
    const check: Check = {
      ...{ name: 'db', run, probes: ['readiness', 'startup'], scope: 'shared' },
      ...{ intervalMs: 100, jitter: 0, timeoutMs: 20, staleAfterMs: 500 },
      ...{ successThreshold: 2, failureThreshold: 3, critical: false, failOpen: true },
    }
    const { scope, ...said } = check
    expect(resolveCheck(check)).toEqual(said)
  })

  it('derives the age of a stale result from interval and timeout', () => {
    expect(resolveCheck({ name: 'db', run, intervalMs: 100, timeoutMs: 20 }).staleAfterMs).toBe(360)
  })

  it('leaves its defaults alone', () => {
    resolveCheck({ name: 'db', run, intervalMs: 1 })
    expect(CHECK_DEFAULTS.intervalMs).toBe(5000)
  })

  it.each<[string, object, string]>([
    ['intervalMs', { intervalMs: 0 }, 'a number of milliseconds, 1 or more'],
    ['timeoutMs', { timeoutMs: NaN }, 'a number of milliseconds, 1 or more'],
    ['staleAfterMs', { staleAfterMs: 4999 }, 'a number of milliseconds, 5000 or more'],
    ['jitter', { jitter: 1 }, 'a share from 0 to less than 1'],
    ['jitter', { jitter: -0.1 }, 'a share from 0 to less than 1'],
    ['jitter', { jitter: NaN }, 'a share from 0 to less than 1'],
    ['successThreshold', { successThreshold: 0 }, 'a whole number, 1 or more'],
    ['failureThreshold', { failureThreshold: 1.5 }, 'a whole number, 1 or more'],
    ['probes', { probes: ['health'] }, 'liveness, readiness, startup'],
  ])('refuses a bad %s: %o', (option, bad, expected) => {
    const refused = () => resolveCheck({ name: 'db', run, ...bad })
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_INVALID_OPTION' }))
    expect(refused).toThrow(new RegExp(`^Option ${option} of check 'db' is .*: pass ${expected}\\.$`))
  })

  it('refuses a check without a name, which no address could ask for', () => {
    expect(() => resolveCheck({ name: '', run })).toThrow("Option name of a check is '': pass a name.")
  })

  it('refuses a shared check in the liveness probe where types are absent', () => {
    const check = { name: 'db', run, scope: 'shared', probes: ['readiness', 'liveness'] } as unknown as Check
    const refused = () => resolveCheck(check)
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_SHARED_LIVENESS' }))
    expect(refused).toThrow("Check 'db' is shared and in the liveness probe")
  })

  it('accepts a local check in the liveness probe', () => {
    expect(resolveCheck({ name: 'heap', run, scope: 'local', probes: ['liveness'] }).probes).toEqual(['liveness'])
  })
})
