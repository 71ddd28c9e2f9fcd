import type { DrillResult, RunResult, TimelineEvent } from './result.ts'
import type { ScenarioName } from './scenario-name.ts'

/** What a drill tells while it goes on, in this order; `runStarted` to `runFinished` for each run. */
export type ProgressEvent =
  | {
      readonly type: 'drillStarted'
      readonly command: readonly string[]
      readonly scenarios: readonly ScenarioName[]
      /** Of each scenario. */
      readonly runs: number
    }
  | { readonly type: 'runStarted'; readonly scenario: ScenarioName; readonly run: number; readonly runs: number }
  | { readonly type: 'spawned'; readonly pid: number }
  | { readonly type: 'urlFound'; readonly url: string }
  | { readonly type: 'ready'; readonly afterMs: number }
  | { readonly type: 'loadStarted'; readonly rps: number; readonly connections: number }
  /** A few times a second, while there is load. */
  | {
      readonly type: 'load'
      /** From the signal; `null` before it. */
      readonly atMs: number | null
      readonly sent: number
      readonly answered: number
      readonly failed: number
      readonly inFlight: number
    }
  | { readonly type: 'timeline'; readonly event: TimelineEvent }
  | { readonly type: 'runFinished'; readonly result: RunResult }
  | { readonly type: 'drillFinished'; readonly result: DrillResult }

/** Takes the events of a drill. */
export type ProgressListener = (event: ProgressEvent) => void
