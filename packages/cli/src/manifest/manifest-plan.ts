import type { Budget } from '../budget/budget.ts'

/** What a manifest can be written for. */
export const MANIFEST_TARGETS = ['kubernetes', 'ecs', 'cloud-run', 'compose', 'systemd'] as const
export type ManifestTarget = (typeof MANIFEST_TARGETS)[number]

/** Everything that a manifest says; the same for every target. */
export interface ManifestPlan {
  readonly target: ManifestTarget
  readonly name: string
  /** `undefined` leaves the one that a patched Deployment has. */
  readonly image: string | undefined
  readonly port: number
  readonly probePort: number
  /** In whole seconds, as every target wants it. */
  readonly graceSeconds: number
  readonly preStopSeconds: number
  readonly startSeconds: number
  readonly budget: Budget
  /** The options that the service passes to `createLifecycle` for it, as code. */
  readonly code: string
}
