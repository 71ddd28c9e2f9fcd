import type { Clock } from '@lastcall/core'
import type { ProberMode } from '../prober/prober.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ContainerRuntime } from '../runtime/container-runtime.ts'
import type { ResolvedPod } from '../spec/pod-spec.ts'
import type { PodHandlers } from './pod.ts'
import type { Emit } from './pod-emitter.ts'

/** What the parts of one pod share. */
export interface PodContext {
  readonly clock: Clock
  readonly pod: ResolvedPod
  readonly profile: Profile
  readonly runtime: ContainerRuntime
  readonly handlers: PodHandlers
  readonly mode: ProberMode
  readonly kubeletStartedAt: number | undefined
  readonly random: (() => number) | undefined
  readonly emit: Emit
  /** The pod is being deleted. */
  deleting(): boolean
  /** To be called when anything has changed that a container's or the pod's conditions are made of. */
  refresh(): void
}
