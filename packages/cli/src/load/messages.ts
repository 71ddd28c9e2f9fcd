import type { CrossingKind, Endpoint, LoadPlan } from './load-plan.ts'
import type { Recording } from './request-record.ts'

/** What the drill tells its load. */
export type LoadOrder =
  | { readonly type: 'start'; readonly plan: LoadPlan }
  /** Another replica gets its share from now on. */
  | { readonly type: 'route'; readonly endpoint: Endpoint }
  /** The platform began at `fromMs` to stop routing to a replica, and needs so long for it. */
  | {
      readonly type: 'unroute'
      readonly endpoint: string
      readonly fromMs: number
      readonly propagationMs: number
      readonly spreadMs: number
    }
  | { readonly type: 'cross'; readonly kind: CrossingKind; readonly clients: number }
  | { readonly type: 'stop' }

/** What the load tells the drill. */
export type LoadNews =
  /** What ended since the last time, and how things stand. */
  | { readonly type: 'recorded'; readonly recording: Recording; readonly inFlight: number }
  /** The last news. `unsent` requests failed on this side, with the first error. */
  | {
      readonly type: 'finished'
      readonly unsent: number
      readonly unsentError?: string
    }
