import type { DrillPlan } from '../src/drill/drill-plan.ts'
import type { DrillResult } from '../src/drill/result.ts'
import { runDrill } from '../src/drill/run-drill.ts'
import { examplePlan } from './example-plan.ts'

/** The command that runs a fixture. */
export function fixture(name: string): readonly string[] {
  return [process.execPath, ...process.execArgv, `${import.meta.dirname}/fixtures/${name}.ts`]
}

/** A light load and short times. The fixtures serve on for longer than what is routed, and what follows. */
export const SHORT: Partial<DrillPlan> = {
  ...{ rps: 60, connections: 6, warmUpMs: 500, propagationMs: 800, spreadMs: 0, gracePeriodMs: 8000 },
  env: { LAME_DUCK_MS: '2200' },
}

/** Drills a fixture, or another command. */
export function drill(command: string | readonly string[], changes: Partial<DrillPlan> = {}): Promise<DrillResult> {
  return runDrill(
    examplePlan({
      ...SHORT,
      command: typeof command === 'string' ? fixture(command) : command,
      startTimeoutMs: 50_000,
      ...changes,
      env: { ...SHORT.env, ...changes.env },
    }),
  )
}

/** The codes of what was found, over all runs. */
export function codesOf({ runs }: DrillResult): string[] {
  return [...new Set(runs.flatMap(({ verdicts }) => verdicts.map(({ code }) => code)))].toSorted()
}
