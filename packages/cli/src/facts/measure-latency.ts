import { build } from 'hdr-histogram-js'
import type { Latency, LatencySummary } from '../drill/result.ts'
import type { RequestRecord } from '../load/request-record.ts'
import type { RunFacts } from './run-facts.ts'

/** Histograms count whole microseconds. */
const US = 1000

/** Streams last as long as they are wanted, and slow clients make themselves wait: how long is no latency. */
const TIMED: ReadonlySet<string> = new Set(['keepAlive', 'idle', 'new', 'http2'])

/** The latency of what was answered, from the moment it was due: before the signal, until the exit, and later. */
export function measureLatency({ requests, exitMs }: RunFacts): Latency {
  const timed = requests.filter(isTimed)
  return {
    before: summarize(timed.filter(({ dueMs }) => dueMs < 0)),
    during: summarize(timed.filter(({ dueMs }) => dueMs >= 0 && dueMs < exitMs)),
    after: summarize(timed.filter(({ dueMs }) => dueMs >= exitMs)),
  }
}

/** Whether how long a request took is its latency. */
export function isTimed({ client, outcome }: RequestRecord): boolean {
  return TIMED.has(client) && outcome === 'answered'
}

function summarize(requests: readonly RequestRecord[]): LatencySummary {
  if (requests.length === 0) return { count: 0, p50Ms: null, p90Ms: null, p99Ms: null, p999Ms: null, maxMs: null }
  const histogram = build({ numberOfSignificantValueDigits: 3 })
  for (const { dueMs, endedMs } of requests) histogram.recordValue(Math.max(1, Math.round((endedMs - dueMs) * US)))
  const percentile = (value: number): number => histogram.getValueAtPercentile(value) / US
  return {
    count: requests.length,
    ...{ p50Ms: percentile(50), p90Ms: percentile(90), p99Ms: percentile(99), p999Ms: percentile(99.9) },
    maxMs: histogram.maxValue / US,
  }
}
