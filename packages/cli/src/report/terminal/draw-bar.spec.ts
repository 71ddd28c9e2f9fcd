import { describe, expect, it } from 'vitest'
import { drawBar, drawSpans } from './draw-bar.ts'

describe('drawBar', () => {
  it('is as long as its part of the scale, to an eighth of a character', () => {
    expect(drawBar({ from: 0, to: 1 }, 8)).toBe('████████')
    expect(drawBar({ from: 0.25, to: 0.5 }, 8)).toBe('  ██')
    expect(drawBar({ from: 0, to: 0.5 }, 3)).toBe('█▌')
  })

  it('is seen however short it is, and wherever', () => {
    expect(drawBar({ from: 0, to: 0 }, 8)).toBe('▏')
    expect(drawBar({ from: 1, to: 1 }, 4)).toBe('   █')
  })
})

describe('drawSpans', () => {
  it('marks every character that a span touches', () => {
    const spans = [
      { from: 0, to: 0.1 },
      { from: 0.5, to: 0.8 },
    ]
    expect(drawSpans(spans, 4)).toBe('▪ ▪▪')
  })
})
