import type { RunFacts } from '../facts/run-facts.ts'
import { formatMs, formatSetting } from '../report/format-figures.ts'
import type { DrillPlan } from './drill-plan.ts'
import type { RunResult, Suggestion } from './result.ts'

/** What was measured is given so much room: another machine is slower, and the slowest request was not seen. */
const ROOM = 1.5
/** The rest of the grace period: hooks, logs, a slow kernel. */
const MARGIN_SHARE = 0.1
const LEAST_MARGIN_MS = 1000
const LEAST_DRAIN_MS = 1000

/** Numbers for the settings of the service and of the platform, from what the runs measured. */
export function suggest(plan: DrillPlan, runs: readonly RunResult[], facts: readonly RunFacts[]): Suggestion[] {
  const routedMs = plan.propagationMs + plan.spreadMs
  const slowestMs = Math.max(
    0,
    ...runs.map(({ latency }) => Math.max(latency.before.p999Ms ?? 0, latency.during.p999Ms ?? 0)),
  )
  if (slowestMs === 0) return []
  const preStopMs = plan.preStop?.type === 'sleep' ? plan.preStop.seconds * 1000 : 0
  const { removesEndpointsFirst } = plan.profile
  const lameDuckMs = removesEndpointsFirst ? 0 : roundUp(Math.max(0, routedMs - preStopMs))
  const longestMs = Math.max(slowestMs, ...facts.flatMap(longestInFlight))
  const drainMs = roundUp(Math.max(LEAST_DRAIN_MS, longestMs * ROOM))
  const budgetMs = preStopMs + lameDuckMs + drainMs
  const graceMs = Math.ceil((budgetMs + Math.max(LEAST_MARGIN_MS, budgetMs * MARGIN_SHARE)) / 1000) * 1000
  return [
    {
      setting: 'lameDuck',
      ms: lameDuckMs,
      why: removesEndpointsFirst
        ? 'The signal comes when routing has ended.'
        : `New connections come for ${formatSetting(routedMs)} after the stop began.`,
    },
    {
      setting: 'drain',
      ms: drainMs,
      why: `The slowest request took ${formatMs(Math.round(longestMs))}; half as much again is for slower days.`,
    },
    { setting: 'gracePeriod', ms: graceMs, why: 'The lame duck, the drain and a margin must fit into it.' },
  ]
}

/** How long single requests of any kind took that were answered; streams end when the server ends them. */
function longestInFlight({ requests }: RunFacts): number[] {
  const timed = requests.filter(
    ({ client, outcome }) => outcome === 'answered' && client !== 'sse' && client !== 'websocket',
  )
  return timed.length === 0
    ? []
    : [timed.reduce((longest, { sentMs, endedMs }) => Math.max(longest, endedMs - sentMs), 0)]
}

/** To a tenth of a second. */
function roundUp(ms: number): number {
  return Math.ceil(ms / 100) * 100
}
