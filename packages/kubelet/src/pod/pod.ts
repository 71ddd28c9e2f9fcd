import type { Clock } from '@lastcall/core'
import type { ProbeOutcome, ProbeTarget } from '../probes/probe-outcome.ts'
import type { ProberMode } from '../prober/prober.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ProfileName } from '../profiles/profiles.ts'
import type { RoutedPod } from '../routing/create-router.ts'
import type { ContainerExit, ContainerRuntime } from '../runtime/container-runtime.ts'
import type { HookHandler, PodSpec, ResolvedContainer } from '../spec/pod-spec.ts'
import type { ResolvedProbe } from '../spec/probe-spec.ts'
import type { PodListener } from './pod-event.ts'

/** How the kubelet reaches into a pod; tests put their own in. */
export interface PodHandlers {
  /** Runs a probe once. @default runProbe */
  probe(probe: ResolvedProbe, container: ResolvedContainer, signal: AbortSignal): Promise<ProbeOutcome>
  /** Runs a hook; rejects when it failed. `signal` aborts when the container has ended. @default runHook */
  hook(hook: HookHandler, container: ResolvedContainer, signal: AbortSignal): Promise<void>
}

/** What makes a pod. */
export interface PodOptions {
  readonly spec: PodSpec
  readonly runtime: ContainerRuntime
  /** @default 'pod' */
  readonly name?: string
  /** @default the real clock */
  readonly clock?: Clock
  /** The platform. @default 'kubernetes' */
  readonly profile?: ProfileName | Profile
  /** @default 'classic' */
  readonly prober?: ProberMode
  /** Where probes and hooks find the containers. @default 127.0.0.1 and the ports of the spec */
  readonly target?: ProbeTarget
  readonly handlers?: Partial<PodHandlers>
  /** When the kubelet started: probes spread over their first period just after. @default long ago */
  readonly kubeletStartedAt?: number
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number
}

/** How to delete a pod. */
export interface DeleteOptions {
  /** @default the pod's `terminationGracePeriodSeconds` */
  readonly gracePeriodSeconds?: number
}

/** A container of a pod at this moment. */
export interface ContainerStatus {
  readonly name: string
  readonly role: ResolvedContainer['role']
  readonly state: 'waiting' | 'running' | 'terminated'
  readonly started: boolean
  readonly ready: boolean
  readonly restartCount: number
  readonly pid: number | undefined
  readonly startedAt: number | undefined
  readonly lastExit: ContainerExit | undefined
}

/** A pod and its kubelet. */
export interface Pod extends RoutedPod {
  readonly name: string
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  readonly containers: readonly ContainerStatus[]
  /** Starts the containers and the probes. Resolves once every main container has been started. */
  start(): Promise<void>
  /** Resolves as soon as the pod is ready. Rejects with `LASTCALL_START_FAILED` when it is gone before. */
  whenReady(): Promise<void>
  /** Deletes the pod as the API does. Resolves when it is gone. A second call can only shorten the grace period. */
  delete(options?: DeleteOptions): Promise<void>
  /** Calls back for each event; gives what ends that. */
  subscribe(listener: PodListener): () => void
}
