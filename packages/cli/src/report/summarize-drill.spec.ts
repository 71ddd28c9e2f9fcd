import { describe, expect, it } from 'vitest'
import { exampleLossyRun, exampleResult, exampleRun } from '../../test/example-result.ts'
import {
  describeEnd,
  describeExit,
  describeLoss,
  describePropagation,
  nameEvent,
  nameRun,
  summarizeDrill,
} from './summarize-drill.ts'

describe('summarizeDrill', () => {
  it('sums the runs up, and names each verdict once', () => {
    const result = exampleResult([exampleRun(), exampleLossyRun({ run: 2 }), exampleLossyRun({ run: 3 })])
    expect(summarizeDrill(result)).toEqual({
      ...{ passed: false, requests: 1312 + 2 * 1240, lost: 74 },
      codes: ['LOST', 'NO-CLOSE-HEADER', 'NO-DRAIN-WINDOW'],
    })
    expect(summarizeDrill(exampleResult())).toMatchObject({ passed: true, lost: 0, codes: [] })
  })
})

describe('the sentences about a run', () => {
  it('tell an exit from an end by a signal, and that from a kill', () => {
    expect(describeExit({ exitCode: 1, exitSignal: null })).toBe('exit code 1')
    expect(describeExit({ exitCode: null, exitSignal: 'SIGTERM' })).toBe('ended by SIGTERM')
    expect(describeExit({ exitCode: null, exitSignal: 'SIGKILL' })).toBe('killed by SIGKILL')
    expect(describeEnd(exampleRun())).toBe('exit code 0 after 5.43 s')
    expect(describeLoss(exampleLossyRun())).toBe('37 of 1 240 requests lost')
    expect(describeLoss({ requests: 0, lost: 0 })).toBe('no requests sent')
  })

  it('tell from when to when the platform stops to route', () => {
    const { settings } = exampleResult()
    expect(describePropagation(settings)).toBe('5 s')
    expect(describePropagation({ ...settings, propagationMs: 4000, spreadMs: 1000 })).toBe('3 to 5 s')
    expect(describePropagation({ ...settings, propagationMs: 1000, spreadMs: 500 })).toBe('500 ms to 1.5 s')
  })

  it('number the runs of a scenario that has several', () => {
    const [first, second, other] = [exampleRun(), exampleRun({ run: 2 }), exampleRun({ scenario: 'http2' })]
    const result = exampleResult([first, second, other])
    expect(result.runs.map((run) => nameRun(run, result))).toEqual(['terminate 1', 'terminate 2', 'http2'])
  })

  it('name an event with its detail, once', () => {
    expect(nameEvent({ kind: 'readinessRed', atMs: 8, detail: '503' })).toBe('readiness red (503)')
    expect(nameEvent({ kind: 'exit', atMs: 8, detail: 'exit code 0' })).toBe('exit code 0')
    expect(nameEvent({ kind: 'exit', atMs: 8, detail: 'SIGKILL' })).toBe('exit (SIGKILL)')
    expect(nameEvent({ kind: 'firstClose', atMs: 8 })).toBe('first Connection: close')
  })
})
