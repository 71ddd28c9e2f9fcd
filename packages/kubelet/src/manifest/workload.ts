import type { PodSpec } from '../spec/pod-spec.ts'

/** What `readManifest` makes of a document: the pod, and what its rollout says. */
export interface Workload extends PodSpec {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Pod'
  readonly name: string
  /** @default 1 */
  readonly replicas: number
  /** @default 0 */
  readonly minReadySeconds: number
  /** Of a Deployment. @default { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' } */
  readonly strategy?: {
    readonly type: 'RollingUpdate' | 'Recreate'
    readonly maxSurge: number | string
    readonly maxUnavailable: number | string
  }
}

/** Which workload of a manifest is meant. */
export interface ManifestOptions {
  /** `metadata.name`; needed where the manifest holds more than one workload. */
  readonly name?: string
  /** Keeps this container alone: what runs locally is mostly one command. @default all of them */
  readonly container?: string
}
