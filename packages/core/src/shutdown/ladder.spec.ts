import { describe, expect, it } from 'vitest'
import { createLadder } from './ladder.ts'

describe('createLadder', () => {
  it('climbs from the lame duck one rung at a time, and stays on the last', () => {
    const ladder = createLadder()
    const climb = () => [ladder.climb('lameDuck'), ladder.endLameDuck.aborted, ladder.abort.aborted]
    expect([climb(), climb(), climb(), climb()]).toEqual([
      ['endLameDuck', true, false],
      ['abort', true, true],
      ['exit', true, true],
      ['exit', true, true],
    ])
  })

  it.each([
    ['announce', 'endLameDuck'],
    ['lameDuck', 'endLameDuck'],
    ['drain', 'abort'],
    ['close', 'exit'],
    ['flush', 'exit'],
  ] as const)('begins in the phase %s with the rung %s', (phase, rung) => {
    expect(createLadder().climb(phase)).toBe(rung)
  })

  it('climbs on when the phase has moved less than the signals', () => {
    const ladder = createLadder()
    expect([ladder.climb('lameDuck'), ladder.climb('drain'), ladder.climb('drain')]).toEqual([
      'endLameDuck',
      'abort',
      'exit',
    ])
  })
})
