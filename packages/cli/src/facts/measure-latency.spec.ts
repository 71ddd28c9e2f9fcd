import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { measureLatency } from './measure-latency.ts'

describe('measureLatency', () => {
  it('counts from when a request was due: before the signal, until the exit, and after it', () => {
    const requests = [
      ...Array.from({ length: 99 }, () => exampleRequest()),
      exampleRequest({ dueMs: -500, endedMs: -100 }),
      exampleRequest({ sentMs: 6000 }),
      exampleRequest({ sentMs: 6200 }),
    ]
    const { before, during, after } = measureLatency(exampleFacts({ requests }))
    expect(before).toMatchObject({ count: 100 })
    expect(before.p50Ms).toBeCloseTo(10, 1)
    expect(before.p90Ms).toBeCloseTo(10, 1)
    expect(before.p999Ms).toBeCloseTo(400, 0)
    expect(before.maxMs).toBeCloseTo(400, 0)
    expect([during.count, after.count]).toEqual([1, 1])
  })

  it('leaves out what failed, and what lasts by itself', () => {
    const requests = [exampleRequest({ outcome: 'refused' }), exampleRequest({ client: 'sse' })]
    expect(measureLatency(exampleFacts({ requests })).before).toEqual({
      ...{ count: 0, p50Ms: null, p90Ms: null, p99Ms: null, p999Ms: null, maxMs: null },
    })
  })
})
