import { describe, expect, it } from 'vitest'
import type { Phase } from '../shutdown/phases.ts'
import { formatReport } from './format-report.ts'
import type { HookReport, PhaseReport, ShutdownReport } from './report.ts'

const phase = (name: Phase, durationMs: number, timedOut = false): PhaseReport => ({
  ...{ phase: name, startedMs: 0, durationMs, budgetMs: 10_000, timedOut },
})

const hook = (name: string, rest: Partial<HookReport>): HookReport => ({
  ...{ name, phase: 'close', durationMs: 10, outcome: 'ok' },
  ...rest,
})

const report = (rest: Partial<ShutdownReport> = {}): ShutdownReport => ({
  ...{ name: 'orders', reason: { kind: 'signal', text: 'SIGTERM' }, outcome: 'clean', exitCode: 0 },
  ...{ startedAt: 0, durationMs: 6420, deadlineMs: 27_000, phases: [] },
  ...{ hooks: [], inFlight: [], cut: [], escalations: [], errors: [] },
  ...rest,
})

/** What the line says after its head and its verdict. */
const endOf = (rest: Partial<ShutdownReport>) => formatReport(report(rest)).split(' │ ').slice(2)

describe('formatReport', () => {
  it('draws a shutdown as a waterfall in one line', () => {
    const phases = [
      phase('lameDuck', 6000),
      phase('announce', 100),
      phase('drain', 1500),
      phase('close', 250),
      phase('flush', 0),
    ]
    expect(formatReport(report({ phases, durationMs: 7750 }))).toBe(
      'orders stopped in 7.75 s of 27.00 s on SIGTERM │ lameDuck 6.00 s ████████████ │ drain 1.50 s ███ │ close 0.25 s █ │ ' +
        'flush 0.00 s ▏ │ clean, exit 0',
    )
  })

  it('says which phase timed out', () => {
    const phases = [phase('drain', 9000, true), phase('close', 4500)]
    expect(formatReport(report({ phases }))).toContain(
      '│ drain 9.00 s ████████████ (timed out) │ close 4.50 s ██████ │',
    )
  })

  it.each([
    [
      'shows it where it went on after the lame duck',
      3000,
      1000,
      'lameDuck 1.00 s ████ │ announce 3.00 s ████████████',
    ],
    ['shows it where there was no lame duck', 800, 0, 'lameDuck 0.00 s ▏ │ announce 0.80 s ████████████'],
    ['leaves it out where it went on by less than one sees', 1004, 1000, 'lameDuck 1.00 s ████████████'],
  ])('knows that announce runs beside the lame duck: %s', (_, announceMs, lameDuckMs, bars) => {
    const phases = [phase('lameDuck', lameDuckMs), phase('announce', announceMs)]
    expect(formatReport(report({ phases }))).toContain(`│ ${bars} │ clean`)
  })

  it('has no bar without phases, and none of no length when all took no time', () => {
    expect(formatReport(report())).toBe('orders stopped in 6.42 s of 27.00 s on SIGTERM │ clean, exit 0')
    expect(formatReport(report({ phases: [phase('drain', 0)] }))).toContain('│ drain 0.00 s ▏ │')
  })

  it('says how it ended', () => {
    expect(formatReport(report({ outcome: 'forced', exitCode: 143 }))).toContain('│ forced, exit 143')
  })

  it('names what was cut, abandoned and failed', () => {
    const rest: Partial<ShutdownReport> = {
      cut: [{ kind: 'request', name: 'GET /slow', ageMs: 12_345 }],
      hooks: [
        hook('queue', {}),
        hook('db', { outcome: 'abandoned' }),
        hook('metrics', { outcome: 'failed', error: 'broken pipe' }),
      ],
    }
    expect(endOf(rest)).toEqual(['cut: GET /slow (12.35 s)', 'abandoned: db', 'failed: metrics: broken pipe'])
  })

  it('names three of many', () => {
    const hooks = ['a', 'b', 'c', 'd', 'e'].map((name) => hook(name, { outcome: 'abandoned' }))
    expect(endOf({ hooks: hooks.slice(0, 3) })).toEqual(['abandoned: a, b, c'])
    expect(endOf({ hooks })).toEqual(['abandoned: a, b, c and 2 more'])
  })

  it('is one line whatever the messages hold', () => {
    const line = formatReport(
      report({
        reason: { kind: 'uncaughtException', text: 'query failed:\n  select 1' },
        hooks: [hook('db', { outcome: 'failed', error: 'lost:\r\n  the link' })],
      }),
    )
    expect(line).not.toMatch(/[\r\n]/)
    expect(line).toContain('on query failed: select 1')
    expect(line).toContain('failed: db: lost: the link')
  })
})
