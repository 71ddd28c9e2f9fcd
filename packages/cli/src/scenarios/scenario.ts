import type { DrillContext } from '../drill/context.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'
import type { RunFacts } from '../facts/run-facts.ts'

/** One way to end a server. */
export interface Scenario {
  readonly name: ScenarioName
  /** Runs it once. */
  run(context: DrillContext): Promise<ScenarioOutcome>
}

/** The facts of each server that was stopped, or why the scenario cannot be run with this command: a sentence. */
export type ScenarioOutcome = { readonly facts: readonly RunFacts[] } | { readonly skipped: string }
