import { describe, expect, it } from 'vitest'
import type { CheckPolicy, CheckStatus } from './check.ts'
import { judge, UNJUDGED } from './judge-results.ts'
import { resolveCheck } from './resolve-check.ts'

/** The status after each of the results. */
function statuses(results: readonly CheckStatus[], policy: CheckPolicy): (CheckStatus | 'pending')[] {
  const check = resolveCheck({ name: 'db', run: () => undefined, ...policy })
  let judgement = UNJUDGED
  return results.map((result) => (judgement = judge(judgement, result, check)).status)
}

describe('judge', () => {
  it.each<[string, CheckPolicy, CheckStatus[], (CheckStatus | 'pending')[]]>([
    ['follows each result by default', {}, ['pass', 'fail', 'warn', 'pass'], ['pass', 'fail', 'warn', 'pass']],
    [
      'fails at its threshold',
      { failureThreshold: 3 },
      ['pass', 'fail', 'fail', 'fail'],
      ['pass', 'pass', 'pass', 'fail'],
    ],
    [
      'counts failures in a row alone',
      { failureThreshold: 2 },
      ['pass', 'fail', 'pass', 'fail', 'fail'],
      ['pass', 'pass', 'pass', 'pass', 'fail'],
    ],
    ['passes at its threshold', { successThreshold: 2 }, ['fail', 'pass', 'pass'], ['fail', 'fail', 'pass']],
    [
      'counts successes in a row alone',
      { successThreshold: 2 },
      ['fail', 'pass', 'fail', 'pass', 'pass'],
      ['fail', 'fail', 'fail', 'fail', 'pass'],
    ],
    ['takes a warning for a success', { successThreshold: 2 }, ['fail', 'pass', 'warn'], ['fail', 'fail', 'warn']],
    [
      'warns at once where it passed',
      { successThreshold: 3 },
      ['pass', 'pass', 'pass', 'warn'],
      ['pending', 'pending', 'pass', 'warn'],
    ],
    ['believes the first failure whatever its threshold', { failureThreshold: 3 }, ['fail'], ['fail']],
  ])('%s', (_, policy, results, expected) => {
    expect(statuses(results, policy)).toEqual(expected)
  })

  it('remembers that a check has passed once', () => {
    const check = resolveCheck({ name: 'db', run: () => undefined, successThreshold: 2 })
    const once = judge(UNJUDGED, 'pass', check)
    expect(once.hasPassed).toBe(false)
    const twice = judge(once, 'pass', check)
    expect(twice.hasPassed).toBe(true)
    expect(judge(twice, 'fail', check).hasPassed).toBe(true)
  })
})
