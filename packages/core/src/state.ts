import type { Phase } from './shutdown/phases.ts'
import type { ShutdownReason } from './shutdown/reason.ts'

/** How a shutdown ended: all well, something failed, work was cut at the deadline, or it was forced. */
export type Outcome = 'clean' | 'failed' | 'cut' | 'forced'

/** Where a lifecycle stands. Probes are derived from it, never stored. */
export type LifecycleState =
  | { readonly name: 'starting' }
  | { readonly name: 'running' }
  | {
      readonly name: 'draining'
      readonly phase: Phase
      readonly reason: ShutdownReason
      /** When everything must be over, on the lifecycle's clock. */
      readonly deadline: number
    }
  | { readonly name: 'stopped'; readonly outcome: Outcome }

/** The name of a state. */
export type StateName = LifecycleState['name']
