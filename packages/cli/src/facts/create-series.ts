import type { Outcome, Series, SeriesBucket } from '../drill/result.ts'
import { isLost } from './classify.ts'
import { isTimed } from './measure-latency.ts'
import type { RunFacts } from './run-facts.ts'

/** About so many buckets, of a round width. */
const BUCKETS = 120
const WIDTHS_MS = [20, 50, 100, 200, 500, 1000, 2000, 5000]

/** The requests over time, by when they were due. */
export function createSeries(facts: RunFacts): Series {
  const { requests, exitMs } = facts
  const startMs = Math.min(0, ...requests.map(({ dueMs }) => dueMs))
  const endMs = Math.max(exitMs, ...requests.map(({ dueMs }) => dueMs))
  const bucketMs = WIDTHS_MS.find((width) => (endMs - startMs) / width <= BUCKETS) ?? 10_000
  const firstMs = Math.floor(startMs / bucketMs) * bucketMs
  const buckets = Array.from({ length: Math.floor((endMs - firstMs) / bucketMs) + 1 }, createBucket)
  for (const request of requests) {
    const bucket = buckets[Math.floor((request.dueMs - firstMs) / bucketMs)]
    if (!bucket) continue
    bucket.outcomes[request.outcome] = (bucket.outcomes[request.outcome] ?? 0) + 1
    if (isLost(request, facts)) bucket.lost++
    if (isTimed(request))
      bucket.maxLatencyMs = Math.max(bucket.maxLatencyMs ?? 0, Math.round(request.endedMs - request.dueMs))
  }
  return { bucketMs, startMs: firstMs, buckets }
}

interface MutableBucket extends SeriesBucket {
  readonly outcomes: Partial<Record<Outcome, number>>
  lost: number
  maxLatencyMs: number | null
}

function createBucket(): MutableBucket {
  return { outcomes: {}, lost: 0, maxLatencyMs: null }
}
