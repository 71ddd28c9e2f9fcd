import type { DrillPlan } from './drill-plan.ts'
import type { ProgressListener } from './progress.ts'

/** What every run of a drill works with. */
export interface DrillContext {
  readonly plan: DrillPlan
  readonly onProgress: ProgressListener
  /** The drill is given up: what it started must end. */
  readonly signal: AbortSignal
  /** Notes what was found out, once. */
  assume(sentence: string): void
}
