import { describe, expect, it } from 'vitest'
import { exampleConnection, exampleFacts } from '../../test/example-facts.ts'
import { keepaliveLinger } from './keepalive-linger.ts'

const idle = exampleConnection({ client: 'idle', closedMs: 9000, closedBy: 'server' })

describe('keepaliveLinger', () => {
  it('passes an exit that no connection held up', () => {
    expect(keepaliveLinger.judge(exampleFacts())).toBe('pass')
    expect(keepaliveLinger.judge(exampleFacts({ exitMs: 9000 }))).toBe('pass')
  })

  it('does not judge where there was no connection', () => {
    expect(keepaliveLinger.judge(exampleFacts({ connections: [] }))).toBe('unjudged')
  })

  it('counts the connections that were open and idle until the exit', () => {
    const facts = exampleFacts({ connections: [exampleConnection(), idle], exitMs: 9000 })
    expect(keepaliveLinger.judge(facts)).toMatchObject({
      summary: '1 idle connection kept it for 3.00 s after its last answer',
      atMs: 6000,
    })
  })

  it('does not take a request that comes bit by bit for an idle connection', () => {
    const slow = exampleConnection({ client: 'slow', closedMs: 9000 })
    expect(keepaliveLinger.judge(exampleFacts({ connections: [slow], exitMs: 9000 }))).toBe('pass')
  })
})
