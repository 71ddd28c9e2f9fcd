import type { Clock } from '@lastcall/core'

/** How one run of a probe ended. */
export interface ProbeOutcome {
  /** `unknown` counts as neither: the prober runs it again, and then forgets it. */
  readonly outcome: 'success' | 'failure' | 'unknown'
  /** What an operator would read in the pod's events. */
  readonly message: string
  /** There when it counts as a success, and something is odd. */
  readonly warning?: string
}

/** Where the handlers of a pod reach it. */
export interface ProbeTarget {
  /** The pod's address. @default '127.0.0.1' */
  readonly host?: string
  /** Where a port of the manifest is found on this machine. @default the same number */
  readonly ports?: Readonly<Record<number, number>>
  /** For commands. @default this process's */
  readonly cwd?: string
  /** For commands, instead of this process's. @default this process's */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Limits of one run. */
export interface RunProbeOptions {
  /** For the whole exchange. */
  readonly timeoutMs: number
  /** What tells that the time is over. @default the real clock */
  readonly clock?: Clock
  /** Ends the run early; its outcome is `unknown`. */
  readonly signal?: AbortSignal
}
