import { describe, expect, it } from 'vitest'
import { exampleRun } from '../../../test/example-result.ts'
import { createWaterfall } from '../create-waterfall.ts'
import { createTimeAxis } from './time-axis.ts'

describe('createTimeAxis', () => {
  const run = exampleRun({ series: { ...exampleRun().series, startMs: -60_000 } })
  const axis = createTimeAxis(run, createWaterfall(run))

  it('shows the whole shutdown, and of the time before it a fifth of the width', () => {
    expect(axis.position(0)).toBeCloseTo(20, 0)
    expect(axis.position(5431.4)).toBeGreaterThan(97)
    expect(axis.position(5431.4)).toBeLessThan(100)
  })

  it('cuts spans that begin before it, and can leave them whole', () => {
    expect(axis.span(Number.NEGATIVE_INFINITY, 0)).toBe(`left:0%;width:${axis.position(0)}%`)
    expect(axis.unclippedSpan(-60_000, 0)).toMatch(/^left:-\d+/)
  })
})
