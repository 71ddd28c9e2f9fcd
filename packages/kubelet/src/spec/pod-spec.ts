import type { ProbeKind } from '@lastcall/core'
import type { ExecAction, HttpGetAction, ProbeSpec, ResolvedHttpGet, ResolvedProbe } from './probe-spec.ts'

/** What runs after the start of a container or before its stop signal. Exactly one of the three is given. */
export interface LifecycleHandlerSpec {
  readonly exec?: ExecAction
  readonly httpGet?: HttpGetAction
  /** 0 is allowed; at most the pod's grace period. */
  readonly sleep?: { readonly seconds: number }
}

/** A container with the names of the Kubernetes API; fields that change nothing here are left out. */
export interface ContainerSpec {
  readonly name: string
  readonly image?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly { readonly name: string; readonly value?: string }[]
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[]
  readonly startupProbe?: ProbeSpec
  readonly livenessProbe?: ProbeSpec
  readonly readinessProbe?: ProbeSpec
  readonly lifecycle?: {
    readonly postStart?: LifecycleHandlerSpec
    readonly preStop?: LifecycleHandlerSpec
    /** @default the profile's, SIGTERM in Kubernetes */
    readonly stopSignal?: string
  }
  /** `Always` in `initContainers` makes a sidecar. */
  readonly restartPolicy?: 'Always'
}

/** A pod with the names of the Kubernetes API. */
export interface PodSpec {
  readonly containers: readonly ContainerSpec[]
  /** Those with `restartPolicy: Always` are sidecars; the others run to their end first, one after another. */
  readonly initContainers?: readonly ContainerSpec[]
  /** @default the profile's grace period, 30 in Kubernetes */
  readonly terminationGracePeriodSeconds?: number
  /** @default 'Always' */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never'
}

/** What a hook does, with every default filled in. */
export type HookHandler =
  | ({ readonly type: 'httpGet' } & ResolvedHttpGet)
  | { readonly type: 'exec'; readonly command: readonly string[] }
  | { readonly type: 'sleep'; readonly seconds: number }

/** A container, as `resolvePod` gives it. */
export interface ResolvedContainer {
  readonly name: string
  readonly role: 'main' | 'sidecar' | 'init'
  /** As it was given: the command and what else a runtime needs. */
  readonly spec: ContainerSpec
  readonly probes: Readonly<Partial<Record<ProbeKind, ResolvedProbe>>>
  readonly postStart?: HookHandler
  readonly preStop?: HookHandler
  readonly stopSignal?: string
}

/** A valid pod with every default filled in, as `resolvePod` gives it. */
export interface ResolvedPod {
  /** Init containers and sidecars in their order, then the main containers. */
  readonly containers: readonly ResolvedContainer[]
  readonly terminationGracePeriodSeconds: number
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
}
