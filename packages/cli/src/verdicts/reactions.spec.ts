import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { diedOfSignal, reactedAt } from './reactions.ts'

const silent = { requests: [], readiness: [], listenerClosedMs: undefined }

describe('reactedAt', () => {
  it('gives the first of red readiness, an answer that closes, and a closed listener', () => {
    expect(reactedAt(exampleFacts())).toBe(80)
    const requests = [exampleRequest({ sentMs: 20, close: true })]
    expect(reactedAt(exampleFacts({ ...silent, requests }))).toBe(30)
    expect(reactedAt(exampleFacts({ ...silent, listenerClosedMs: 40 }))).toBe(40)
  })

  it('sees nothing in answers that always close, nor in what the end itself does', () => {
    const requests = [exampleRequest({ close: true }), exampleRequest({ sentMs: 20, close: true })]
    expect(reactedAt(exampleFacts({ ...silent, requests }))).toBeUndefined()
    const closed = (atMs: number, killedMs?: number) =>
      reactedAt(exampleFacts({ ...silent, listenerClosedMs: atMs, killedMs, exitMs: 6100 }))
    expect([5800, 5900, 6100].map((atMs) => closed(atMs))).toEqual([5800, undefined, undefined])
    expect([6000, 6070].map((atMs) => closed(atMs, 6090))).toEqual([6000, undefined])
  })
})

describe('diedOfSignal', () => {
  it('tells the stop signal from others, and from an exit', () => {
    expect(diedOfSignal(exampleFacts({ exit: { code: null, signal: 'SIGTERM' } }))).toBe(true)
    expect(diedOfSignal(exampleFacts({ exit: { code: null, signal: 'SIGSEGV' } }))).toBe(false)
    expect(diedOfSignal(exampleFacts())).toBe(false)
  })
})
