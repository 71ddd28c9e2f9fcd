import { describe, expect, it } from 'vitest'
import { parseDuration, parsePropagation } from './parse-duration.ts'

describe('parseDuration', () => {
  it.each([
    ['300ms', 300],
    ['5s', 5000],
    ['1.5m', 90_000],
    ['30', 30_000],
    ['0', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration('--grace', text)).toBe(ms)
  })

  it.each(['', '-5s', '5h', 'soon', '5 s'])('refuses %o', (text) => {
    expect(() => parseDuration('--grace', text)).toThrow(
      `Option --grace is '${text}': pass a duration such as 300ms, 5s or 1m.`,
    )
  })
})

describe('parsePropagation', () => {
  it.each([
    ['5s', { ms: 5000, spreadMs: 0 }],
    ['5s±2s', { ms: 5000, spreadMs: 2000 }],
    ['5s+-500ms', { ms: 5000, spreadMs: 500 }],
  ])('reads %s', (text, propagation) => {
    expect(parsePropagation('--propagation', text)).toEqual(propagation)
  })

  it('refuses a spread that is longer than the duration', () => {
    expect(() => parsePropagation('--propagation', '1s±2s')).toThrow('a spread that is not longer')
  })
})
