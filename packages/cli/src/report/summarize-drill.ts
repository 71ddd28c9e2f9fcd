import {
  type DrillResult,
  type DrillSettings,
  type RunResult,
  type TimelineEvent,
  VERDICT_CODES,
  type VerdictCode,
} from '../drill/result.ts'
import { formatCount, formatMs, formatNumberOf, formatSetting } from './format-figures.ts'
import { plainText } from './plain-text.ts'
import { TIMELINE_WORDS } from './words.ts'

/** A drill in its sums. */
export interface DrillSummary {
  readonly passed: boolean
  readonly requests: number
  readonly lost: number
  /** The verdicts of all runs, each once. */
  readonly codes: readonly VerdictCode[]
}

/** Sums a drill's runs up. */
export function summarizeDrill(result: DrillResult): DrillSummary {
  const found = result.runs.flatMap(({ verdicts }) => verdicts.map(({ code }) => code))
  return {
    passed: result.verdict === 'pass',
    requests: result.runs.reduce((sum, { requests }) => sum + requests, 0),
    lost: result.runs.reduce((sum, { lost }) => sum + lost, 0),
    codes: VERDICT_CODES.filter((code) => found.includes(code)),
  }
}

/** `0 of 1 312 requests lost`. */
export function describeLoss({ requests, lost }: Pick<RunResult, 'requests' | 'lost'>): string {
  return requests === 0 ? 'no requests sent' : `${formatCount(lost)} of ${formatNumberOf(requests, 'request')} lost`
}

/** How a run's process ended: `exit code 0`, `ended by SIGTERM`, `killed by SIGKILL`. */
export function describeExit({ exitCode, exitSignal }: Pick<RunResult, 'exitCode' | 'exitSignal'>): string {
  if (exitSignal === 'SIGKILL') return 'killed by SIGKILL'
  return exitSignal === null ? `exit code ${exitCode}` : `ended by ${exitSignal}`
}

/** How and when: `exit code 0 after 5.43 s`. */
export function describeEnd(run: RunResult): string {
  return `${describeExit(run)} after ${formatMs(run.exitMs)}`
}

/** How long new connections come: `5 s`, or `3 to 5 s` where not all that route hear of the stop at once. */
export function describePropagation({
  propagationMs,
  spreadMs,
}: Pick<DrillSettings, 'propagationMs' | 'spreadMs'>): string {
  const last = formatSetting(propagationMs + spreadMs)
  const firstMs = Math.max(propagationMs - spreadMs, 0)
  return spreadMs === 0 ? last : `${firstMs % 1000 === 0 ? firstMs / 1000 : formatSetting(firstMs)} to ${last}`
}

/** A run's name, with its number only where its scenario has several. */
export function nameRun(run: RunResult, { runs }: Pick<DrillResult, 'runs'>): string {
  const several = runs.filter(({ scenario }) => scenario === run.scenario).length > 1
  return several ? `${run.scenario} ${run.run}` : run.scenario
}

/** What happened, with its detail: `readiness red (503)`, `exit code 0`. */
export function nameEvent({ kind, detail = '' }: TimelineEvent): string {
  const { name } = TIMELINE_WORDS[kind]
  if (detail === '') return name
  return detail.startsWith(name) ? plainText(detail) : `${name} (${plainText(detail)})`
}
