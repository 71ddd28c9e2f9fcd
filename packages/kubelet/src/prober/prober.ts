import type { Clock } from '@lastcall/core'
import type { ProbeOutcome } from '../probes/probe-outcome.ts'
import type { ResolvedProbe } from '../spec/probe-spec.ts'

/** `classic` is the worker that every kubelet has; `containerBound` the one behind `ContainerLifecycleProber`. */
export type ProberMode = 'classic' | 'containerBound'

/** What a prober stands at; what a pod's conditions are made of. */
export type ProbeResult = 'success' | 'failure' | 'unknown'

/** A container as its probers see it. */
export interface ProbedContainer {
  /** Another one after each restart; `undefined` before the first start. */
  readonly id: string | undefined
  readonly state: 'waiting' | 'running' | 'terminated'
  /** On the prober's clock; `undefined` unless it runs. */
  readonly startedAt: number | undefined
  /** There is no startup probe, or it has succeeded. */
  readonly started: boolean
  /** Whether it is started again after it has ended. */
  readonly restarts: boolean
  /** The pod is being deleted. */
  readonly deleting: boolean
}

/** What makes a prober. */
export interface ProberOptions {
  readonly clock: Clock
  readonly probe: ResolvedProbe
  /** @default 'classic' */
  readonly mode?: ProberMode
  /** Runs the probe once; the signal aborts when the prober is stopped. */
  readonly run: (signal: AbortSignal) => Promise<ProbeOutcome>
  /** The container as it is now; asked before each run. */
  readonly container: () => ProbedContainer
  /** Told of each run; one that came out as `unknown` counts for nothing. */
  readonly onOutcome?: (outcome: ProbeOutcome) => void
  /** Told when `result` changes; without an outcome where no probe changed it. */
  readonly onChange?: (to: ProbeResult, from: ProbeResult, outcome?: ProbeOutcome) => void
  /** When the kubelet started: probes of containers older than it spread over their first period. @default long ago */
  readonly kubeletStartedAt?: number
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number
}

/** Probes one container for one kind of probe; strictly one run at a time. */
export interface Prober {
  /** What it stands at. Initially `failure` for readiness, `success` for liveness, `unknown` for startup. */
  readonly result: ProbeResult
  start(): void
  /** Probes now and counts its period from now; in `classic` mode, while it runs. */
  trigger(): void
  /** Ends it; a run under way is forgotten. */
  stop(): void
}
