import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { noDrainWindow } from './no-drain-window.ts'

describe('noDrainWindow', () => {
  it('passes a server that listens for as long as the platform routes', () => {
    expect(noDrainWindow.judge(exampleFacts())).toBe('pass')
    expect(noDrainWindow.judge(exampleFacts({ listenerClosedMs: 4999 }))).toBe('pass')
  })

  it('tells one that stops listening before', () => {
    expect(noDrainWindow.judge(exampleFacts({ listenerClosedMs: 4998 }))).toEqual({
      summary: 'it stopped listening at +5.00 s, and the platform routed until +5.00 s',
      atMs: 4998,
      cause: 'Its lame duck is shorter than the propagation, so that new connections are refused.',
      fix: 'Go on listening for 5 s or more after the signal, or put a preStop sleep before it.',
    })
  })

  it('takes the exit for it where nobody tells who listens', () => {
    expect(noDrainWindow.judge(exampleFacts({ listenerClosedMs: undefined, exitMs: 40 }))).toMatchObject({ atMs: 40 })
  })

  it('expects it no longer than until a second signal', () => {
    expect(noDrainWindow.judge(exampleFacts({ listenerClosedMs: 2600, secondSignalMs: 2500 }))).toBe('pass')
    expect(noDrainWindow.judge(exampleFacts({ listenerClosedMs: 2400, secondSignalMs: 2500 }))).not.toBe('pass')
  })

  it('does not judge a server that had never been routed to, nor one that had ended before', () => {
    expect(noDrainWindow.judge(exampleFacts({ ready: false }))).toBe('unjudged')
    expect(noDrainWindow.judge(exampleFacts({ endedEarly: true, exitMs: 0 }))).toBe('unjudged')
  })
})
