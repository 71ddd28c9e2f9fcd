import { describe, expect, it } from 'vitest'
import { wantsColors } from './wants-colors.ts'

const terminal = { isTTY: true }

describe('wantsColors', () => {
  it('paints in a terminal alone', () => {
    expect(wantsColors(terminal, {})).toBe(true)
    expect(wantsColors({}, {})).toBe(false)
    expect(wantsColors(terminal, { TERM: 'dumb' })).toBe(false)
  })

  it('heeds NO_COLOR, and FORCE_COLOR where that is not set', () => {
    expect(wantsColors(terminal, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false)
    expect(wantsColors(terminal, { NO_COLOR: '' })).toBe(true)
    expect(wantsColors({}, { FORCE_COLOR: '1' })).toBe(true)
    expect(wantsColors(terminal, { FORCE_COLOR: '0' })).toBe(false)
  })
})
