import type { ProbeKind } from '@lastcall/core'
import type { ProbeOutcome } from '../probes/probe-outcome.ts'
import type { ProbeResult } from '../prober/prober.ts'
import type { EndpointConditions } from '../routing/endpoint-conditions.ts'
import type { ContainerExit } from '../runtime/container-runtime.ts'

/** Why a container is stopped; `completion` is what ends the sidecars of a pod whose work is done. */
export type KillReason = 'liveness' | 'startup' | 'deletion' | 'postStart' | 'completion'

/** What each event of a pod carries. Work that takes time comes as a pair of `begin` and `end`. */
export interface PodEventPayloads {
  /** Its first process runs; `restartCount` is 0 for the first start. */
  'container:start': { container: string; restartCount: number; id: string; pid?: number }
  /** The runtime could not start it. */
  'container:startFailed': { container: string; error: unknown }
  'container:exit': { container: string; exit: ContainerExit; ranMs: number }
  /** It will be started again after `delayMs`; CrashLoopBackOff where that is more than 0. */
  'container:backOff': { container: string; delayMs: number }
  /** Its `started` or `ready` has changed. */
  'container:change': { container: string; started: boolean; ready: boolean }
  /** One run of a probe, three tries where it came out as `unknown`. */
  'probe:result': { container: string; probe: ProbeKind; durationMs: number } & ProbeOutcome
  /** A probe crossed its threshold. */
  'probe:change': { container: string; probe: ProbeKind; from: ProbeResult; to: ProbeResult; message: string }
  /** The stop of a container begins, preStop included. */
  'kill:begin': { container: string; reason: KillReason; gracePeriodMs: number }
  'hook:begin': { container: string; hook: 'preStop' | 'postStart'; type: 'exec' | 'httpGet' | 'sleep' }
  /** `abandoned`: the grace period was over, and nobody waits for it any more. */
  'hook:end': {
    container: string
    hook: 'preStop' | 'postStart'
    outcome: 'ok' | 'failed' | 'abandoned'
    durationMs: number
    message?: string
  }
  /** The stop signal is sent; SIGKILL follows after `graceMs`. */
  'signal:send': { container: string; signal: string; graceMs: number }
  /** SIGKILL is sent to all its processes. */
  'signal:kill': { container: string }
  'pod:delete': { gracePeriodMs: number }
  /** The endpoint's conditions have changed; this is what routers act on. */
  'pod:change': { endpoint: EndpointConditions }
  /** No container is left and none will be started. */
  'pod:gone': { phase: 'Succeeded' | 'Failed' }
}

/** The name of an event. */
export type PodEventType = keyof PodEventPayloads

/** Everything that happens to a pod, as one closed union: `switch (event.type)`. */
export type PodEvent = {
  [Type in PodEventType]: { readonly type: Type; readonly pod: string; readonly at: number } & Readonly<
    PodEventPayloads[Type]
  >
}[PodEventType]

/** Called for each event, in order. */
export type PodListener = (event: PodEvent) => void
