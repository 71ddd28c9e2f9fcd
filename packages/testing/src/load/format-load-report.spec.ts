import { describe, expect, it } from 'vitest'
import { formatLoadReport } from './format-load-report.ts'
import { createLoadReport } from './load-report.ts'
import type { RequestRecord } from './request-record.ts'

const ok: RequestRecord = {
  ...{ kind: 'keepAlive', name: 'keepAlive', request: 'GET /', connection: 'reused', outcome: 'ok', status: 200 },
  ...{ startedMs: 1000, endedMs: 1010, connectionClose: false, retryable: false, lost: false },
}
const reset: RequestRecord = {
  ...ok,
  outcome: 'reset',
  error: 'ECONNRESET',
  startedMs: 1500,
  endedMs: 1512.4,
  retryable: true,
  lost: true,
}
const { status: _, ...lost } = reset

describe('createLoadReport', () => {
  it('counts by traffic and outcome, with times from the signal', () => {
    const report = createLoadReport([ok, lost, { ...ok, name: 'orders' }], 900, 1400)
    expect(report.total).toBe(3)
    expect(report.counts.keepAlive).toMatchObject({ total: 2, ok: 1, reset: 1, lost: 1, afterSignal: 1 })
    expect(report.counts.orders).toMatchObject({ total: 1, ok: 1, lost: 0, afterSignal: 0 })
    expect(report.records.map(({ startedMs }) => startedMs)).toEqual([-400, 100, -400])
    expect(report.lost).toEqual([report.records[1]])
  })

  it('counts times from its start, and nothing as after the signal, when there was none', () => {
    const report = createLoadReport([ok], 900)
    expect(report.records[0]).toMatchObject({ startedMs: 100, endedMs: 110 })
    expect(report.counts.keepAlive?.afterSignal).toBe(0)
  })
})

describe('formatLoadReport', () => {
  it('shows a row for each traffic, the outcomes there were, and what was lost', () => {
    expect(formatLoadReport(createLoadReport([ok, lost, { ...ok, name: 'orders' }], 900, 1400))).toBe(
      [
        'traffic    total  after signal  ok  reset  lost',
        'keepAlive      2             1   1      1     1',
        'orders         1             0   1      0     0',
        '3 requests, 1 lost, 1 of them retryable',
        '  +100 ms  keepAlive  GET /: reset on a reused connection after 12 ms (ECONNRESET)',
      ].join('\n'),
    )
  })

  it('writes out the first ten that were lost', () => {
    const text = formatLoadReport(
      createLoadReport(
        Array.from({ length: 12 }, () => lost),
        0,
        0,
      ),
    )
    expect(text.match(/reset on a reused/g)).toHaveLength(10)
    expect(text).toMatch(/\n {2}and 2 more$/)
  })
})
