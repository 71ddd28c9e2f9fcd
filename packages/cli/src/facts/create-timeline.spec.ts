import { describe, expect, it } from 'vitest'
import { exampleConnection, exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { createTimeline } from './create-timeline.ts'

const kindsOf = (changes: Parameters<typeof exampleFacts>[0]) =>
  createTimeline(exampleFacts(changes)).map(({ kind, atMs }) => `${atMs} ${kind}`)

describe('createTimeline', () => {
  it('tells what happened, in order of time', () => {
    expect(createTimeline(exampleFacts())).toEqual([
      { kind: 'signal', atMs: 0, detail: 'SIGTERM' },
      { kind: 'lastSocket', atMs: 20 },
      { kind: 'readinessRed', atMs: 80, detail: '503' },
      { kind: 'firstClose', atMs: 410 },
      { kind: 'propagationOver', atMs: 4999 },
      { kind: 'lastResponse', atMs: 5000 },
      { kind: 'listenerClosed', atMs: 6000 },
      { kind: 'exit', atMs: 6100, detail: 'exit code 0' },
    ])
  })

  it('tells what happens in one moment as it comes about', () => {
    const facts = { exitMs: 40.4, listenerClosedMs: 40.2, readiness: [], requests: [], connections: [] }
    expect(kindsOf(facts)).toEqual(['0 signal', '40 listenerClosed', '40 exit', '4999 propagationOver'])
  })

  it('begins with the hook where there is one', () => {
    expect(kindsOf({ terminatingMs: -5003 })[0]).toBe('-5003 terminating')
  })

  it('shows a second signal, a kill, losses and probes that turn', () => {
    const facts = {
      ...{ secondSignalMs: 950, killedMs: 30_000, exitMs: 30_012, exit: { code: null, signal: 'SIGKILL' } },
      requests: [exampleRequest({ sentMs: 900, outcome: 'truncated' })],
      liveness: [{ atMs: 850, healthy: false, status: 500 }],
      readiness: [{ atMs: 860, healthy: true, status: 200 }],
      connections: [exampleConnection({ closedMs: 30_010 })],
    } as const
    const kinds = kindsOf(facts)
    for (const event of ['950 secondSignal', '850 livenessRed', '860 readinessGreen', '910 firstLoss', '30000 sigkill'])
      expect(kinds).toContain(event)
    expect(createTimeline(exampleFacts(facts)).at(-1)).toEqual({ kind: 'exit', atMs: 30_012, detail: 'SIGKILL' })
  })
})
