import type { ComponentCheck } from '../checks/check.ts'
import type { HookPhase } from '../shutdown/phases.ts'
import type { ShutdownReason } from '../shutdown/reason.ts'

/** Something a lifecycle starts, checks and stops. */
export interface Component {
  /** Unique among the components and checks of a lifecycle. */
  readonly name: string
  /** Starts it; `signal` aborts when the start is given up. A rejection stops, in reverse, what has started. */
  start?(context: { readonly signal: AbortSignal }): void | Promise<void>
  /** Stops it, at most once and only when it has started; `signal` aborts at its timeout. */
  stop?(context: { readonly signal: AbortSignal; readonly reason: ShutdownReason }): void | Promise<void>
  /** Runs in the background from the moment the component has started. */
  readonly check?: ComponentCheck
  /** Components that start before this one and stop after it. @default [] */
  readonly dependsOn?: readonly string[]
  /** When it stops. @default 'close' */
  readonly phase?: HookPhase
  /** How long `stop` may take, in milliseconds. @default what is left of its phase */
  readonly stopTimeoutMs?: number
}
