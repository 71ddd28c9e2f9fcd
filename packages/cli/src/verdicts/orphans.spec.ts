import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { orphans } from './orphans.ts'

const exit = { code: 0, signal: null, leftovers: [{ pid: 102, command: 'sleep 9' }] }

describe('orphans', () => {
  it('passes where nothing is left', () => {
    expect(orphans.judge(exampleFacts())).toBe('pass')
  })

  it('names what is left', () => {
    expect(orphans.judge(exampleFacts({ exit }))).toMatchObject({
      summary: 'it left a process behind: 102 (sleep 9)',
      atMs: 6100,
    })
  })

  it('does not judge a server that was killed, or never heard of the signal', () => {
    expect(orphans.judge(exampleFacts({ exit, killedMs: 30_000 }))).toBe('unjudged')
    expect(orphans.judge(exampleFacts({ exit, serverPids: [102] }))).toBe('unjudged')
  })
})
