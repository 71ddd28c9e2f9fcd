import type { HookPhase } from './phases.ts'
import type { ShutdownReason } from './reason.ts'

/** What a shutdown hook is told; `signal` aborts at its timeout. */
export interface HookContext {
  readonly signal: AbortSignal
  readonly reason: ShutdownReason
}

/** Work to do at shutdown. Hooks of one phase run side by side; an error in one stops no other. */
export type Hook = (context: HookContext) => void | Promise<void>

/** When a hook runs and how long it may take. */
export interface HookOptions {
  /** @default 'close' */
  readonly phase?: HookPhase
  /** In milliseconds, never more than its phase has left. @default what is left of its phase */
  readonly timeoutMs?: number
}
