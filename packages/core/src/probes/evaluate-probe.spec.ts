import { describe, expect, it } from 'vitest'
import type { CheckStatus, ProbeKind } from '../checks/check.ts'
import type { StateName } from '../state.ts'
import { evaluateProbe } from './evaluate-probe.ts'
import type { CheckSnapshot, ProbeSnapshot } from './snapshot.ts'

const NOW = 10_000
const EVERYWHERE = ['liveness', 'readiness', 'startup'] as const

const checkNamed = (name: string, rest: Partial<CheckSnapshot> = {}): CheckSnapshot => ({
  ...{ name, probes: EVERYWHERE, critical: true, status: 'pass' },
  ...rest,
})

const snapshotIn = (state: StateName, ...checks: CheckSnapshot[]): ProbeSnapshot => ({
  ...{ service: 'orders', state, readinessWhileDraining: 'fail', checks },
})

const statusOf = (kind: ProbeKind, snapshot: ProbeSnapshot) => evaluateProbe(snapshot, kind, NOW).status

const passing = checkNamed('db', { observedAt: NOW - 1, staleAt: NOW + 1 })
const failing = checkNamed('db', { status: 'fail', output: 'refused' })
const pending = checkNamed('db', { status: 'pending' })
const stale = checkNamed('db', { observedAt: 0, staleAt: NOW })

describe('evaluateProbe', () => {
  describe('by state', () => {
    it.each<[StateName, ProbeKind, Record<'none' | 'passing' | 'failing' | 'pending' | 'stale', CheckStatus>]>([
      ['starting', 'startup', { none: 'fail', passing: 'fail', failing: 'fail', pending: 'fail', stale: 'fail' }],
      ['running', 'startup', { none: 'pass', passing: 'pass', failing: 'fail', pending: 'fail', stale: 'fail' }],
      ['draining', 'startup', { none: 'pass', passing: 'pass', failing: 'pass', pending: 'pass', stale: 'pass' }],
      ['stopped', 'startup', { none: 'pass', passing: 'pass', failing: 'pass', pending: 'pass', stale: 'pass' }],
      ['starting', 'liveness', { none: 'pass', passing: 'pass', failing: 'fail', pending: 'pass', stale: 'fail' }],
      ['running', 'liveness', { none: 'pass', passing: 'pass', failing: 'fail', pending: 'pass', stale: 'fail' }],
      ['draining', 'liveness', { none: 'pass', passing: 'pass', failing: 'fail', pending: 'pass', stale: 'fail' }],
      ['stopped', 'liveness', { none: 'pass', passing: 'pass', failing: 'fail', pending: 'pass', stale: 'fail' }],
      ['starting', 'readiness', { none: 'fail', passing: 'fail', failing: 'fail', pending: 'fail', stale: 'fail' }],
      ['running', 'readiness', { none: 'pass', passing: 'pass', failing: 'fail', pending: 'fail', stale: 'fail' }],
      ['draining', 'readiness', { none: 'fail', passing: 'fail', failing: 'fail', pending: 'fail', stale: 'fail' }],
      ['stopped', 'readiness', { none: 'fail', passing: 'fail', failing: 'fail', pending: 'fail', stale: 'fail' }],
    ])('while %s, %s is %o with such a check', (state, kind, expected) => {
      expect({
        none: statusOf(kind, snapshotIn(state)),
        passing: statusOf(kind, snapshotIn(state, passing)),
        failing: statusOf(kind, snapshotIn(state, failing)),
        pending: statusOf(kind, snapshotIn(state, pending)),
        stale: statusOf(kind, snapshotIn(state, stale)),
      }).toEqual(expected)
    })

    it.each<[StateName, CheckStatus]>([
      ['starting', 'fail'],
      ['running', 'pass'],
      ['draining', 'pass'],
      ['stopped', 'fail'],
    ])('while %s, readiness is %s where it is served while draining', (state, expected) => {
      const serving = { ...snapshotIn(state, passing), readinessWhileDraining: 'serve' } as const
      expect(statusOf('readiness', serving)).toBe(expected)
      expect(statusOf('readiness', { ...serving, checks: [failing] })).toBe('fail')
    })
  })

  describe('by checks', () => {
    it.each<[string, CheckSnapshot[], CheckStatus]>([
      ['passes without any', [], 'pass'],
      ['passes when all pass', [passing, checkNamed('cache')], 'pass'],
      ['warns when one warns', [passing, checkNamed('cache', { status: 'warn' })], 'warn'],
      ['fails when one fails and another warns', [failing, checkNamed('cache', { status: 'warn' })], 'fail'],
      ['warns when one fails that is not critical', [{ ...failing, critical: false }], 'warn'],
      ['warns while the first result is due of one that is not critical', [{ ...pending, critical: false }], 'warn'],
      ['warns when a result is too old of one that is not critical', [{ ...stale, critical: false }], 'warn'],
      ['believes a result to the last moment', [checkNamed('db', { staleAt: NOW + 1 })], 'pass'],
      ['believes it no longer from then on', [checkNamed('db', { staleAt: NOW })], 'fail'],
      ['believes a result that does not age', [checkNamed('db', { observedAt: 0 })], 'pass'],
      ['does not ask a check of another probe', [{ ...failing, probes: ['startup', 'liveness'] }], 'pass'],
    ])('%s', (_, checks, expected) => {
      expect(statusOf('readiness', snapshotIn('running', ...checks))).toBe(expected)
    })
  })

  it('shows the own part of the lifecycle first, then the checks in their order', () => {
    const snapshot = snapshotIn(
      'running',
      failing,
      checkNamed('cache', { data: { keys: 7 }, observedAt: 9000, staleAt: 20_000 }),
    )
    expect(evaluateProbe(snapshot, 'readiness', NOW)).toEqual({
      ...{ kind: 'readiness', status: 'fail', state: 'running' },
      checks: [
        { name: 'lifecycle', status: 'pass', output: 'running' },
        { name: 'db', status: 'fail', output: 'refused' },
        { name: 'cache', status: 'pass', data: { keys: 7 }, observedAt: 9000 },
      ],
    })
  })

  it.each([
    ['too old', stale, 'the last result is too old'],
    ['not there yet', pending, 'the first result is due'],
  ])('says that a result is %s', (_, check, output) => {
    expect(evaluateProbe(snapshotIn('running', check), 'readiness', NOW).checks[1]?.output).toBe(output)
  })

  it('leaves out what is excluded, its own part too', () => {
    const without = (...exclude: string[]) => evaluateProbe(snapshotIn('draining', failing), 'readiness', NOW, exclude)
    expect(without('db')).toMatchObject({ status: 'fail', checks: [{ name: 'lifecycle' }] })
    expect(without('lifecycle')).toMatchObject({ status: 'fail', checks: [{ name: 'db' }] })
    expect(without('lifecycle', 'db')).toMatchObject({ status: 'pass', checks: [] })
  })

  it('is made of plain data that another thread can take', () => {
    const result = evaluateProbe(snapshotIn('running', failing, stale), 'readiness', NOW)
    expect(structuredClone(result)).toEqual(result)
  })
})
