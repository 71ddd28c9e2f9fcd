import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { signalNotReceived } from './signal-not-received.ts'

const server = { pid: 101, command: 'node server.js' }

describe('signalNotReceived', () => {
  it('passes the server itself, and one whose parent passes signals on', () => {
    expect(signalNotReceived.judge(exampleFacts())).toBe('pass')
    expect(signalNotReceived.judge(exampleFacts({ serverPids: [101] }))).toBe('pass')
  })

  it('does not judge where nobody tells which process listens', () => {
    expect(signalNotReceived.judge(exampleFacts({ serverPids: [] }))).toBe('unjudged')
  })

  it('tells a server that outlived what was in front of it', () => {
    const exit = { code: null, signal: 'SIGTERM', leftovers: [server] }
    expect(signalNotReceived.judge(exampleFacts({ serverPids: [101], exit }))).toMatchObject({
      summary: 'SIGTERM went to process 100, and the server is process 101',
    })
  })

  it('tells a server that never heard of the signal because what is in front of it stays too', () => {
    const facts = { serverPids: [101], requests: [], readiness: [], listenerClosedMs: undefined, killedMs: 30_000 }
    expect(signalNotReceived.judge(exampleFacts({ ...facts, exitMs: 30_010 }))).toMatchObject({ atMs: 0 })
  })

  it('passes a process that was left behind and is not the server', () => {
    const exit = { code: 0, signal: null, leftovers: [{ pid: 102, command: 'sleep 9' }] }
    expect(signalNotReceived.judge(exampleFacts({ serverPids: [101], exit }))).toBe('pass')
  })
})
