import { describe, expect, it } from 'vitest'
import { exampleConnection, exampleFacts } from '../../test/example-facts.ts'
import { killed } from './killed.ts'

const end = { killedMs: 30_000, exitMs: 30_010, exit: { code: null, signal: 'SIGKILL' } }

describe('killed', () => {
  it('passes what ended by itself', () => {
    expect(killed.judge(exampleFacts())).toBe('pass')
  })

  it('tells one that took no notice of the signal', () => {
    const facts = exampleFacts({ ...end, requests: [], readiness: [], listenerClosedMs: 30_010 })
    expect(killed.judge(facts)).toEqual({
      summary: 'it was killed at +30.0 s, at the end of its 30 s',
      atMs: 30_000,
      cause: 'It did not react to SIGTERM at all.',
      fix: 'Handle SIGTERM, and exit when what is in flight is answered.',
    })
  })

  it('tells one that waited for connections, and one that waited for something else', () => {
    const connections = [exampleConnection({ closedMs: 30_010, closedBy: 'server' })]
    expect(killed.judge(exampleFacts({ ...end, connections }))).toMatchObject({
      cause: 'It waited for 1 connection to be closed.',
    })
    expect(killed.judge(exampleFacts(end))).toMatchObject({
      cause: expect.stringContaining('did not come to an end') as string,
    })
  })
})
