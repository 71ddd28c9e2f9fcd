import type { Components } from '../components/components.ts'
import type { Emitter } from '../events/emitter.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Clock } from '../ports/clock.ts'
import type { DraftReport } from '../report/draft-report.ts'
import type { Drainables } from './drainables.ts'
import type { Holds } from './holds.ts'
import type { Hooks } from './hooks.ts'
import type { Ladder } from './ladder.ts'
import type { Phase } from './phases.ts'

/** Everything a shutdown works on. */
export interface ShutdownContext {
  readonly options: ResolvedOptions
  readonly clock: Clock
  readonly emitter: Emitter
  readonly draft: DraftReport
  readonly ladder: Ladder
  readonly hooks: Hooks
  readonly holds: Holds
  readonly components: Components
  readonly drainables: Drainables
  readonly aborting: AbortController
  /** Whether the platform may still be routing to this process. */
  readonly servesLameDuck: boolean
  /** Moves the state on; the lame duck has been entered already. */
  enter(phase: Exclude<Phase, 'announce'>): void
}

/** The end of a phase on the clock, and what ends it early. */
export interface Limit {
  readonly endsAt: number
  readonly early?: AbortSignal
}
