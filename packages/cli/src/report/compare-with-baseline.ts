import { LastcallError } from '@lastcall/core'
import type { DrillResult, DrillSettings, RunResult } from '../drill/result.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'
import { formatMs } from './format-figures.ts'
import { describeExit, describeLoss } from './summarize-drill.ts'

/** How much greater the share of lost requests may be where the baseline lost some: what is cut depends on the moment. */
const LOST_SHARE = 0.5
/** An exit counts as later when it is so by this share of the baseline's, and by {@link EXIT_SLACK_MS}. */
const EXIT_SHARE = 0.25
/** What an exit may differ by from run to run. */
const EXIT_SLACK_MS = 500
const COMPARED_SETTINGS = [
  'rps',
  'connections',
  'gracePeriodMs',
  'preStopMs',
  'propagationMs',
  'spreadMs',
  'signal',
] as const

/** A figure that got worse. */
export interface Regression {
  readonly scenario: ScenarioName
  readonly figure: 'lost' | 'exit' | 'exitMs' | 'verdict'
  /** In words: `terminate: exit after 9.00 s, the baseline: after 5.43 s`. */
  readonly text: string
}

/**
 * What got worse since a baseline, scenario by scenario, the worst run of each: the share of requests lost, the way and the
 * time of the exit, and verdicts that are new. Latency is not judged: it tells more of the machine. Scenarios that only one side
 * has are left out; throws `LASTCALL_INVALID_OPTION` when no other is left, or when the settings differ.
 */
export function compareWithBaseline(result: DrillResult, baseline: DrillResult): readonly Regression[] {
  refuseOtherSettings(result, baseline)
  const scenarios = [...new Set(result.runs.map(({ scenario }) => scenario))]
  const shared = scenarios.filter((name) => baseline.runs.some(({ scenario }) => scenario === name))
  if (shared.length === 0) {
    throw invalid(`has no run of ${scenarios.join(', ')}`, 'run the scenarios it has, or save a new one with --json')
  }
  return shared.flatMap((scenario) => compareScenario(scenario, runsOf(result, scenario), runsOf(baseline, scenario)))
}

/** Reads what `--json` has written. Throws `LASTCALL_INVALID_OPTION` when it is something else, or of another version. */
export function parseBaseline(text: string): DrillResult {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid('is no JSON', 'save one with --json', cause)
  }
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) {
    throw invalid('is no result of a drill', 'save one with --json')
  }
  if (value.schemaVersion !== 1) {
    const version = JSON.stringify(value.schemaVersion)
    throw invalid(`has schemaVersion ${version}, this version of lastcall reads 1`, 'save a new one with --json')
  }
  return value as DrillResult
}

function runsOf({ runs }: DrillResult, name: ScenarioName): readonly RunResult[] {
  return runs.filter(({ scenario }) => scenario === name)
}

function compareScenario(
  scenario: ScenarioName,
  now: readonly RunResult[],
  before: readonly RunResult[],
): readonly Regression[] {
  const regressions: Regression[] = []
  const found = (figure: Regression['figure'], text: string) =>
    regressions.push({ scenario, figure, text: `${scenario}: ${text}` })

  const lost = { now: worst(now, shareLost), before: worst(before, shareLost) }
  if (shareLost(lost.now) > shareLost(lost.before) * (1 + LOST_SHARE)) {
    found('lost', `${describeLoss(lost.now)}, the baseline: ${describeLoss(lost.before)}`)
  }
  const bad = now.find((run) => run.exitCode !== 0)
  if (bad !== undefined && before.every(({ exitCode }) => exitCode === 0)) {
    found('exit', `${describeExit(bad)}, the baseline: exit code 0`)
  }
  const exit = { now: worst(now, exitMs).exitMs, before: worst(before, exitMs).exitMs }
  if (exit.now > exit.before * (1 + EXIT_SHARE) && exit.now > exit.before + EXIT_SLACK_MS) {
    found('exitMs', `exit after ${formatMs(exit.now)}, the baseline: after ${formatMs(exit.before)}`)
  }
  const known = before.flatMap(({ verdicts }) => verdicts.map(({ code }) => code))
  const verdicts = new Map(now.flatMap((run) => run.verdicts.map((verdict) => [verdict.code, verdict])))
  for (const { code, summary } of verdicts.values()) {
    if (!known.includes(code)) found('verdict', `${code} is new: ${summary}`)
  }
  return regressions
}

function worst(runs: readonly RunResult[], figure: (run: RunResult) => number): RunResult {
  return runs.reduce((worse, run) => (figure(run) > figure(worse) ? run : worse))
}

function shareLost({ requests, lost }: RunResult): number {
  return requests === 0 ? 0 : lost / requests
}

function exitMs(run: RunResult): number {
  return run.exitMs
}

function refuseOtherSettings(result: DrillResult, baseline: DrillResult): void {
  const setting = (name: keyof DrillSettings, { settings }: DrillResult) => String(settings[name])
  const other = COMPARED_SETTINGS.find((name) => setting(name, result) !== setting(name, baseline))
  if (other === undefined) return
  throw invalid(
    `was made with ${other} ${setting(other, baseline)}, this drill with ${setting(other, result)}`,
    'drill with the same settings, or save a new one with --json',
  )
}

function invalid(problem: string, change: string, cause?: unknown): LastcallError {
  return new LastcallError('LASTCALL_INVALID_OPTION', `The baseline ${problem}: ${change}.`, { cause })
}
