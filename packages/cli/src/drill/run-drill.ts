import { LastcallError } from '@lastcall/core'
import type { RunFacts } from '../facts/run-facts.ts'
import { SCENARIOS } from '../scenarios/scenarios.ts'
import type { DrillContext } from './context.ts'
import { createRunResult } from './create-run-result.ts'
import type { DrillPlan } from './drill-plan.ts'
import type { ProgressListener } from './progress.ts'
import type { DrillResult, RunResult, SkippedScenario } from './result.ts'
import type { ScenarioName } from './scenario-name.ts'
import { suggest } from './suggest.ts'

/** How a drill is followed and given up. */
export interface DrillOptions {
  readonly onProgress?: ProgressListener
  /** Gives the drill up; it rejects once everything that it started is gone. */
  readonly signal?: AbortSignal
}

/**
 * Runs every scenario of a plan as often as it says, one after another, and gathers what was found. Rejects with
 * `LASTCALL_START_FAILED` when the command does not start.
 */
export async function runDrill(plan: DrillPlan, options: DrillOptions = {}): Promise<DrillResult> {
  const { onProgress = () => {}, signal = new AbortController().signal } = options
  const assumptions = new Set(plan.assumptions)
  let url = plan.url ?? ''
  const context: DrillContext = {
    ...{ plan, signal },
    assume: (sentence) => void assumptions.add(sentence),
    onProgress(event) {
      if (event.type === 'urlFound') url = event.url
      onProgress(event)
    },
  }
  const runs: RunResult[] = []
  const allFacts: RunFacts[] = []
  const skipped: SkippedScenario[] = []
  onProgress({ type: 'drillStarted', command: plan.command, scenarios: plan.scenarios, runs: plan.runs })

  for (const name of plan.scenarios) {
    for (let run = 1; run <= plan.runs; run++) {
      signal.throwIfAborted()
      onProgress({ type: 'runStarted', scenario: name, run, runs: plan.runs })
      const outcome = await SCENARIOS[name].run(context)
      if ('skipped' in outcome) {
        if (!plan.skips) throw cannotRun(name, outcome.skipped)
        skipped.push({ scenario: name, reason: outcome.skipped })
        break
      }
      for (const facts of outcome.facts) {
        const result = createRunResult(facts, runs.filter((each) => each.scenario === name).length + 1)
        runs.push(result)
        allFacts.push(facts)
        onProgress({ type: 'runFinished', result })
      }
    }
  }

  const result: DrillResult = {
    schemaVersion: 1,
    command: plan.command,
    profile: plan.profile.name,
    settings: {
      url,
      rps: plan.rps,
      connections: plan.connections,
      gracePeriodMs: plan.gracePeriodMs,
      preStopMs: plan.preStop?.type === 'sleep' ? plan.preStop.seconds * 1000 : 0,
      propagationMs: plan.propagationMs,
      spreadMs: plan.spreadMs,
      signal: plan.stopSignal,
    },
    assumptions: [...assumptions],
    runs,
    skipped,
    suggestions: suggest(plan, runs, allFacts),
    verdict: runs.some(({ verdicts }) => verdicts.length > 0) ? 'fail' : 'pass',
  }
  onProgress({ type: 'drillFinished', result })
  return result
}

function cannotRun(name: ScenarioName, reason: string): LastcallError {
  return new LastcallError('LASTCALL_INVALID_OPTION', `Option --scenario is '${name}', which cannot be run: ${reason}`)
}
