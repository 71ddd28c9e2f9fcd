import { classify } from '../facts/classify.ts'
import { createSeries } from '../facts/create-series.ts'
import { createTimeline } from '../facts/create-timeline.ts'
import { explainLosses } from '../facts/explain-losses.ts'
import { measureLatency } from '../facts/measure-latency.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { judgeRun } from '../verdicts/judge-run.ts'
import type { RunResult } from './result.ts'

const LOG_TAIL = 20

/** Makes the result of a run from what was seen. */
export function createRunResult(facts: RunFacts, run: number): RunResult {
  const losses = explainLosses(facts)
  return {
    scenario: facts.scenario,
    run,
    requests: facts.requests.length,
    lost: losses.reduce((sum, { count }) => sum + count, 0),
    classes: classify(facts),
    losses,
    exitCode: facts.exit.code,
    exitSignal: facts.exit.signal,
    exitMs: Math.round(facts.exitMs),
    ...judgeRun(facts),
    timeline: createTimeline(facts),
    latency: measureLatency(facts),
    series: createSeries(facts),
    logTail: facts.log.slice(-LOG_TAIL),
  }
}
