import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { createSeries } from './create-series.ts'

describe('createSeries', () => {
  it('puts each request into the bucket in which it was due', () => {
    const requests = [
      exampleRequest({ sentMs: -190 }),
      exampleRequest({ sentMs: 10 }),
      exampleRequest({ sentMs: 20, endedMs: 75 }),
      exampleRequest({ sentMs: 99, outcome: 'refused' }),
    ]
    const series = createSeries(exampleFacts({ requests, exitMs: 1000 }))
    expect(series).toMatchObject({ bucketMs: 20, startMs: -200 })
    expect(series.buckets).toHaveLength(61)
    expect(series.buckets[0]).toEqual({ outcomes: { answered: 1 }, lost: 0, maxLatencyMs: 10 })
    expect(series.buckets[11]).toEqual({ outcomes: { answered: 1 }, lost: 0, maxLatencyMs: 55 })
    expect(series.buckets[14]).toEqual({ outcomes: { refused: 1 }, lost: 1, maxLatencyMs: null })
    const total = series.buckets.reduce(
      (sum, { outcomes: { answered = 0, refused = 0 } }) => sum + answered + refused,
      0,
    )
    expect(total).toBe(4)
  })

  it('takes wider buckets for a longer run', () => {
    expect(createSeries(exampleFacts()).bucketMs).toBe(100)
    expect(createSeries(exampleFacts({ exitMs: 90_000 })).bucketMs).toBe(1000)
  })
})
