import type { CheckStatus, ProbeKind } from '../checks/check.ts'
import type { StateName } from '../state.ts'

/** What is known of one check at a moment: plain data, so that another thread can answer from it. */
export interface CheckSnapshot {
  readonly name: string
  readonly probes: readonly ProbeKind[]
  readonly critical: boolean
  /** `pending` until the first result. */
  readonly status: CheckStatus | 'pending'
  readonly output?: string
  readonly data?: Readonly<Record<string, string | number | boolean>>
  /** When the last run ended, on the lifecycle's clock. */
  readonly observedAt?: number
  /** When this result counts as failing, on the lifecycle's clock; absent while checks are not running. */
  readonly staleAt?: number
}

/** All that a probe answer is made of: plain data, cloneable to another thread. */
export interface ProbeSnapshot {
  readonly service: string
  readonly state: StateName
  readonly readinessWhileDraining: 'fail' | 'serve'
  readonly checks: readonly CheckSnapshot[]
}
