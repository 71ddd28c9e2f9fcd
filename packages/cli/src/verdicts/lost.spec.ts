import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { lost } from './lost.ts'

const refused = exampleRequest({ client: 'new', sentMs: 120, outcome: 'refused', error: 'ECONNREFUSED' })

describe('lost', () => {
  it('passes where every request was answered, and where HTTP/2 hands one back', () => {
    expect(lost.judge(exampleFacts())).toBe('pass')
    const handedBack = exampleRequest({ client: 'http2', sentMs: 120, outcome: 'retryable' })
    expect(lost.judge(exampleFacts({ requests: [handedBack] }))).toBe('pass')
  })

  it('does not judge a run without load', () => {
    expect(lost.judge(exampleFacts({ requests: [] }))).toBe('unjudged')
  })

  it('counts, says from when to when, and what to change', () => {
    const later = exampleRequest({ sentMs: 480, outcome: 'serverError', status: 503 })
    const facts = exampleFacts({ requests: [exampleRequest(), refused, refused, later], listenerClosedMs: 100 })
    expect(lost.judge(facts)).toEqual({
      summary: '3 of 4 requests lost, from +130 ms to +490 ms',
      atMs: 130,
      cause: 'It stopped listening while the platform routed new connections to it until +5.00 s.',
      fix: 'Go on listening for as long as the propagation takes: a lame duck, or a preStop sleep.',
    })
  })

  it.each([
    ['the signal itself', { exit: { code: null, signal: 'SIGTERM' }, exitMs: 3 }, 'Nothing handles SIGTERM'],
    ['a handler that exits', { exitMs: 3 }, 'It ends as soon as SIGTERM comes, while the platform still routes to it.'],
  ])('tells an end by %s', (_, end, cause) => {
    const facts = exampleFacts({ requests: [refused], readiness: [], listenerClosedMs: undefined, ...end })
    expect(lost.judge(facts)).toMatchObject({ cause: expect.stringContaining(cause) as string })
  })

  it.each([
    ['serverError', 'It answered 503 while the platform routed to it until +5.00 s.'],
    ['resetNew', 'It cut new connections'],
    ['resetReused', 'It closed kept connections without a word'],
    ['truncated', 'It ended before its answers did.'],
    ['timedOut', 'It accepted requests and did not answer them.'],
  ] as const)('says what %s most likely comes from', (outcome, cause) => {
    const requests = [exampleRequest({ sentMs: 120, outcome, ...(outcome === 'serverError' && { status: 503 }) })]
    expect(lost.judge(exampleFacts({ requests }))).toMatchObject({ cause: expect.stringContaining(cause) as string })
  })

  it('tells a server that ended by itself', () => {
    const exit = { code: 7, signal: null }
    expect(lost.judge(exampleFacts({ requests: [refused], exit, exitMs: 0, endedEarly: true }))).toMatchObject({
      cause: 'It ended by itself before the signal (exit code 7).',
    })
  })

  it('tells a server that fails before it is stopped', () => {
    const requests = [exampleRequest({ sentMs: -400, outcome: 'resetReused' })]
    expect(lost.judge(exampleFacts({ requests }))).toMatchObject({
      atMs: -390,
      cause: expect.stringContaining('before it is stopped') as string,
    })
  })

  it('does not count what fails after a second signal', () => {
    expect(lost.judge(exampleFacts({ requests: [refused], secondSignalMs: 125 }))).toBe('pass')
    expect(lost.judge(exampleFacts({ requests: [refused], secondSignalMs: 135 }))).not.toBe('pass')
  })
})
