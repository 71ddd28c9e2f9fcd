import { describe, expect, it } from 'vitest'
import { exampleResult, exampleRun } from '../../../test/example-result.ts'
import type { ProgressEvent } from '../../drill/progress.ts'
import { createProgressView } from './create-progress-view.ts'

const EVENTS: readonly ProgressEvent[] = [
  { type: 'drillStarted', command: ['node', 'server.js'], scenarios: ['terminate'], runs: 2 },
  { type: 'runStarted', scenario: 'terminate', run: 1, runs: 2 },
  { type: 'spawned', pid: 4711 },
  { type: 'urlFound', url: 'http://127.0.0.1:3000/' },
  { type: 'ready', afterMs: 312.4 },
  { type: 'loadStarted', rps: 180, connections: 20 },
  { type: 'load', atMs: null, sent: 180, answered: 178, failed: 0, inFlight: 2 },
  { type: 'timeline', event: { kind: 'readinessRed', atMs: 8, detail: '503' } },
  { type: 'load', atMs: 2310, sent: 1240, answered: 1191, failed: 37, inFlight: 12 },
  { type: 'runFinished', result: exampleRun() },
  { type: 'drillFinished', result: exampleResult() },
]

function watch(output: { isTTY?: boolean; columns?: number }): string[] {
  const written: string[] = []
  const view = createProgressView({ ...output, write: (text) => written.push(text) })
  for (const event of EVENTS) view(event)
  return written
}

describe('createProgressView', () => {
  it('writes a line for each thing that happens where there is no terminal', () => {
    expect(watch({}).join('')).toBe(
      [
        'drill: node server.js',
        'terminate, run 1 of 2',
        '  started as process 4711',
        '  listens on http://127.0.0.1:3000/',
        '  ready after 312 ms',
        '  180 requests/s on 20 connections',
        '  +8 ms readiness red (503)',
        '  0 of 1 312 requests lost, exit code 0 after 5.43 s',
        '',
      ].join('\n'),
    )
  })

  it('writes one line over and over in a terminal, and takes it away at the end', () => {
    const written = watch({ isTTY: true, columns: 120 })
    const clear = '\r\u001b[2K'
    expect(written.every((text) => text.startsWith(clear) && !text.includes('\n'))).toBe(true)
    expect(written[6]).toBe(
      `${clear}terminate, run 1 of 2  before the signal  180 sent, 2 in flight  180 requests/s on 20 connections`,
    )
    expect(written[8]).toBe(
      `${clear}terminate, run 1 of 2  +2.31 s  1 240 sent, 37 failed, 12 in flight  +8 ms readiness red (503)`,
    )
    expect(written.at(-1)).toBe(clear)
  })

  it('never writes a line that would wrap', () => {
    const longest = Math.max(...watch({ isTTY: true, columns: 40 }).map((text) => text.replace(/^\r.{4}/, '').length))
    expect(longest).toBe(39)
  })
})
