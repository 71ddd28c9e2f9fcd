import { describe, expect, it } from 'vitest'
import type { Logger } from '../options.ts'
import { formatReport } from '../report/format-report.ts'
import type { ShutdownReport } from '../report/report.ts'
import type { EventPayloads, EventType, LifecycleEvent } from './event.ts'
import { logEvents } from './log-events.ts'

type Line = [level: keyof Logger, message: string, data: object]

function linesFor<Type extends EventType>(type: Type, payload: EventPayloads[Type]): Line[] {
  const lines: Line[] = []
  const logger: Logger = {
    info: (data, message) => void lines.push(['info', message, data]),
    warn: (data, message) => void lines.push(['warn', message, data]),
    error: (data, message) => void lines.push(['error', message, data]),
  }
  logEvents(logger)({ type, lifecycle: 'orders', at: 0, ...payload } as unknown as LifecycleEvent)
  return lines
}

describe('logEvents', () => {
  it('says that the service has started', () => {
    expect(linesFor('start:end', { durationMs: 20 })).toEqual([['info', 'started', { durationMs: 20 }]])
  })

  it('leaves a failed start to the shutdown that it leads to', () => {
    expect(linesFor('start:end', { durationMs: 20, error: new Error('no') })).toEqual([])
  })

  it('says why it shuts down and by when', () => {
    expect(linesFor('shutdown:begin', { reason: { kind: 'signal', text: 'SIGTERM' }, deadlineMs: 27_000 })).toEqual([
      ['info', 'shutting down: SIGTERM', { reason: 'SIGTERM', deadlineMs: 27_000 }],
    ])
  })

  it('warns when a further signal climbs a rung', () => {
    expect(linesFor('escalation:climb', { rung: 'abort', by: 'SIGINT' })).toEqual([
      ['warn', 'SIGINT again: abort', { rung: 'abort' }],
    ])
  })

  it.each([
    ['fail', 'warn', 'check db says fail', { check: 'db', output: 'refused' }],
    ['warn', 'warn', 'check db says warn', { check: 'db', output: 'refused' }],
    ['pass', 'info', 'check db passes', { check: 'db' }],
  ] as const)('says that a check has come to %s', (to, ...line) => {
    expect(linesFor('check:change', { check: 'db', from: 'pending', to, output: 'refused' })).toEqual([line])
  })

  it.each(['failed', 'abandoned'] as const)('warns of a hook and of a stop that was %s', (outcome) => {
    const ended = { phase: 'close', durationMs: 5, outcome, error: 'broken pipe' } as const
    const data = { phase: 'close', error: 'broken pipe' }
    expect(linesFor('hook:end', { hook: 'flush', ...ended })).toEqual([
      ['warn', `flush ${outcome}`, { name: 'flush', ...data }],
    ])
    expect(linesFor('component:stop:end', { component: 'db', ...ended })).toEqual([
      ['warn', `db ${outcome}`, { name: 'db', ...data }],
    ])
  })

  it('is silent about what ends well', () => {
    expect(linesFor('hook:end', { hook: 'flush', phase: 'close', durationMs: 5, outcome: 'ok' })).toEqual([])
    expect(linesFor('component:stop:end', { component: 'db', phase: 'close', durationMs: 5, outcome: 'ok' })).toEqual(
      [],
    )
  })

  it('gives an uncaught error to the logger under the name that loggers know', () => {
    const error = new Error('boom')
    expect(linesFor('error:uncaught', { error, origin: 'unhandledRejection' })).toEqual([
      ['error', 'unhandledRejection', { err: error }],
    ])
  })

  it('ends with the report, as data and as a line', () => {
    const report: ShutdownReport = {
      ...{ name: 'orders', reason: { kind: 'signal', text: 'SIGTERM' }, outcome: 'clean', exitCode: 0 },
      ...{ startedAt: 0, durationMs: 10, deadlineMs: 9000 },
      ...{ phases: [], hooks: [], inFlight: [], cut: [], escalations: [], errors: [] },
    }
    expect(linesFor('shutdown:end', { report })).toEqual([['info', formatReport(report), { report }]])
  })

  it('passes warnings on', () => {
    expect(linesFor('warning', { code: 'LASTCALL_KEEP_ALIVE_RACE', message: 'raise it' })).toEqual([
      ['warn', 'raise it', { code: 'LASTCALL_KEEP_ALIVE_RACE' }],
    ])
  })

  it('is silent about what only tools want to know', () => {
    expect(linesFor('hold:begin', { hold: 'charge card' })).toEqual([])
  })
})
