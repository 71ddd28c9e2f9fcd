import { describe, expect, it } from 'vitest'
import { drawStacks } from './draw-stacks.ts'

describe('drawStacks', () => {
  it('lays one upon the other, as high as the highest sum', () => {
    const { top, paths } = drawStacks(['refused', 'answered'], [{ answered: 3 }, { answered: 3, refused: 1 }, {}])
    expect(top).toBe(4)
    expect(paths).toEqual([
      { key: 'refused', path: 'M1 100V75h1V100z' },
      { key: 'answered', path: 'M0 100V25h1V100zM1 75V0h1V75z' },
    ])
  })

  it('draws nothing of nothing', () => {
    expect(drawStacks(['answered'], [{}, {}])).toEqual({ top: 1, paths: [] })
  })
})
