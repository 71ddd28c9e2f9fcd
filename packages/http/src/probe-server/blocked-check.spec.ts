import type { CheckStatus } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { blockedChecks, describeBlock } from './blocked-check.ts'

const thresholds = { reportMs: 1000, readinessMs: 10_000, livenessMs: 30_000 }

describe('blockedChecks', () => {
  it.each<[number, CheckStatus, CheckStatus]>([
    [0, 'pass', 'pass'],
    [999, 'pass', 'pass'],
    [1000, 'warn', 'warn'],
    [9999, 'warn', 'warn'],
    [10_000, 'warn', 'fail'],
    [29_999, 'warn', 'fail'],
    [30_000, 'fail', 'fail'],
  ])('after %i ms says %s to liveness and %s to readiness', (blockedMs, liveness, readiness) => {
    const checks = blockedChecks({ blockedMs }, 7, thresholds)
    expect(checks).toMatchObject([
      { name: 'event-loop', probes: ['liveness'], critical: true, status: liveness, observedAt: 7 },
      { name: 'event-loop', probes: ['readiness'], critical: true, status: readiness, observedAt: 7 },
    ])
  })

  it('fails without a warning before it when the report is turned off', () => {
    const [liveness] = blockedChecks({ blockedMs: 40_000 }, 0, { ...thresholds, reportMs: Infinity })
    expect(liveness?.status).toBe('fail')
  })

  it('never turns red at a threshold of Infinity', () => {
    const [liveness] = blockedChecks({ blockedMs: 1e9 }, 0, { ...thresholds, livenessMs: Infinity })
    expect(liveness?.status).toBe('warn')
  })

  it('says for how long and where once it is worth a word', () => {
    const block = { blockedMs: 3210, where: 'parse (file.ts:10)' }
    expect(blockedChecks(block, 0, thresholds)[0]?.output).toBe('blocked for 3200 ms in parse (file.ts:10)')
    expect(blockedChecks({ blockedMs: 500 }, 0, thresholds)[0]).not.toHaveProperty('output')
  })
})

describe('describeBlock', () => {
  it('leaves the place out when it is not known', () => {
    expect(describeBlock({ blockedMs: 1000 })).toBe('blocked for 1000 ms')
  })
})
