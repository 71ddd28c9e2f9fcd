import { describe, expect, it } from 'vitest'
import { formatCount, formatMs, formatNumberOf, formatOffset, formatSetting, formatSpan } from './format-figures.ts'

describe('formatCount', () => {
  it('puts thousands apart', () => {
    expect([0, 999, 1240, 1_234_567].map(formatCount)).toEqual(['0', '999', '1 240', '1 234 567'])
  })
})

describe('formatNumberOf', () => {
  it('says one of one', () => {
    expect([formatNumberOf(1, 'run'), formatNumberOf(0, 'run'), formatNumberOf(1240, 'run')]).toEqual([
      ...['1 run', '0 runs', '1 240 runs'],
    ])
  })
})

describe('formatMs', () => {
  it('has as many digits as one reads', () => {
    expect([0, 0.26, 2, 9.94, 31.4, 999.4, 999.6, 4981, 9996, 30_004].map(formatMs)).toEqual([
      ...['0 ms', '0.3 ms', '2 ms', '9.9 ms', '31 ms', '999 ms'],
      ...['1.00 s', '4.98 s', '10.0 s', '30.0 s'],
    ])
  })
})

describe('formatSetting', () => {
  it('has no more digits than the setting', () => {
    expect([0, 250, 1600, 5000, -1000].map(formatSetting)).toEqual(['0 s', '250 ms', '1.6 s', '5 s', '−1 s'])
  })
})

describe('formatOffset', () => {
  it('has a sign, and whole milliseconds', () => {
    expect([0, 2.4, 4981, -2000].map(formatOffset)).toEqual(['+0 ms', '+2 ms', '+4.98 s', '−2.00 s'])
  })
})

describe('formatSpan', () => {
  it('says from when to when, and one moment once', () => {
    expect(formatSpan(12, 4981)).toBe('from +12 ms to +4.98 s')
    expect(formatSpan(335.1, 335.4)).toBe('at +335 ms')
  })
})
