import { describe, expect, it } from 'vitest'
import { exampleLossyRun, exampleRun } from '../../test/example-result.ts'
import type { RunResult } from '../drill/result.ts'
import { createWaterfall } from './create-waterfall.ts'

const barsOf = (run: RunResult) =>
  createWaterfall(run).bars.map(({ key, fromMs, toMs, idleFromMs }) => [key, fromMs, toMs, idleFromMs])

describe('createWaterfall', () => {
  it('has the propagation above the lame duck, and the drain up to the exit', () => {
    expect(barsOf(exampleRun())).toEqual([
      ['propagation', 0, 5000, undefined],
      ['lameDuck', 0, 5052, undefined],
      ['drain', 5052, 5431.4, undefined],
    ])
    expect(createWaterfall(exampleRun())).toMatchObject({ startMs: 0, endMs: 5431.4, lost: [] })
  })

  it('goes on to the end of the propagation, and to the last loss, when the process is gone before', () => {
    const { endMs, lost } = createWaterfall(exampleLossyRun())
    expect(lost).toEqual([{ fromMs: 0, toMs: 5100 }])
    expect(endMs).toBe(5100)
  })

  it('goes on to the end of the propagation where nothing is lost either', () => {
    expect(createWaterfall(exampleRun({ exitMs: 3000 })).endMs).toBe(5000)
  })

  it('marks in the drain when nothing was left, where the exit took long after that', () => {
    expect(barsOf(exampleLossyRun())).toEqual([
      ['propagation', 0, 5000, undefined],
      ['lameDuck', 0, 2, undefined],
      ['drain', 2, 4210, 1190],
    ])
  })

  it('begins with the wait before the signal, such as a preStop', () => {
    const { timeline } = exampleRun()
    const run = exampleRun({ timeline: [{ kind: 'terminating', atMs: -2000 }, ...timeline] })
    expect(createWaterfall(run).startMs).toBe(-2000)
    expect(barsOf(run).slice(0, 2)).toEqual([
      ['wait', -2000, 0, undefined],
      ['propagation', -2000, 5000, undefined],
    ])
  })

  it('has a lame duck up to the exit, and no drain, when it never stopped listening before', () => {
    const run = exampleRun({
      exitMs: 3,
      timeline: [
        { kind: 'signal', atMs: 0 },
        { kind: 'exit', atMs: 3 },
      ],
    })
    expect(barsOf(run)).toEqual([['lameDuck', 0, 3, undefined]])
  })

  it('tells bursts of losses apart', () => {
    const buckets = [1, 0, 2, 3, 0].map((lost) => ({ outcomes: {}, lost, maxLatencyMs: null }))
    const run = exampleLossyRun({ series: { startMs: -100, bucketMs: 100, buckets } })
    expect(createWaterfall(run).lost).toEqual([
      { fromMs: -100, toMs: 0 },
      { fromMs: 100, toMs: 300 },
    ])
  })
})
