import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { noCloseHeader } from './no-close-header.ts'

const answered = (sentMs: number, close: boolean) => exampleRequest({ sentMs, close })

describe('noCloseHeader', () => {
  it('passes where every answer says it from the first on that does', () => {
    const requests = [answered(5, false), answered(40, true), answered(60, true)]
    expect(noCloseHeader.judge(exampleFacts({ requests }))).toBe('pass')
  })

  it('counts the answers that do not, once the signal must have been noticed', () => {
    const requests = [answered(100, false), answered(400, false), answered(500, false)]
    expect(noCloseHeader.judge(exampleFacts({ requests }))).toMatchObject({
      summary: '2 of 2 answers on kept connections did not say Connection: close',
      atMs: 410,
    })
  })

  it('tells a server that says it now and then', () => {
    const requests = [answered(40, true), answered(80, false)]
    expect(noCloseHeader.judge(exampleFacts({ requests }))).toMatchObject({ atMs: 90 })
  })

  it('does not judge clients that keep no connection, nor a server that was gone too soon', () => {
    const ownConnection = exampleRequest({ client: 'new', sentMs: 400, close: false })
    expect(noCloseHeader.judge(exampleFacts({ requests: [ownConnection] }))).toBe('unjudged')
    expect(noCloseHeader.judge(exampleFacts({ requests: [answered(5, false)] }))).toBe('unjudged')
  })

  it('expects GOAWAY of HTTP/2, which may come after the first answer of a session', () => {
    const stream = (sentMs: number, close: boolean, reused = true) =>
      exampleRequest({ client: 'http2', sentMs, close, reused })
    const told = [stream(100, false), stream(400, false, false), stream(410, true), stream(500, true)]
    expect(noCloseHeader.judge(exampleFacts({ requests: told }))).toBe('pass')
    expect(noCloseHeader.judge(exampleFacts({ requests: [stream(400, false)] }))).toMatchObject({
      fix: 'Send GOAWAY on every session after the signal.',
    })
  })

  it('leaves a server that never noticed the signal to other verdicts', () => {
    const facts = { requests: [answered(400, false)], readiness: [], listenerClosedMs: undefined }
    expect(noCloseHeader.judge(exampleFacts({ ...facts, killedMs: 30_000, exitMs: 30_010 }))).toBe('unjudged')
    const exit = { code: null, signal: 'SIGTERM', leftovers: [{ pid: 101, command: 'node server.js' }] }
    expect(noCloseHeader.judge(exampleFacts({ ...facts, serverPids: [101], exit }))).toBe('unjudged')
  })
})
