import { describe, expect, it } from 'vitest'
import { parseCount, parseShare } from './parse-number.ts'

describe('parseCount', () => {
  it('reads whole numbers of at least the least', () => {
    expect([parseCount('--rps', '200'), parseCount('--runs', '0', 0)]).toEqual([200, 0])
  })

  it.each(['0', '-1', '1.5', 'many', ''])('refuses %o', (text) => {
    expect(() => parseCount('--rps', text)).toThrow('pass a whole number, 1 or more.')
  })
})

describe('parseShare', () => {
  it('reads percents and fractions', () => {
    expect([parseShare('--long', '5%'), parseShare('--long', '0.05'), parseShare('--long', '1')]).toEqual([
      0.05, 0.05, 1,
    ])
  })

  it.each(['120%', '1.2', '-1', 'half', ''])('refuses %o', (text) => {
    expect(() => parseShare('--long', text)).toThrow('pass a share such as 5% or 0.05.')
  })
})
