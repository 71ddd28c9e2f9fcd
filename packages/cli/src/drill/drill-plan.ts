import type { HookHandler, Profile } from '@lastcall/kubelet'
import type { StreamPlan } from '../load/load-plan.ts'
import type { ScenarioName } from './scenario-name.ts'

/** Everything a drill needs to know, checked and filled in. */
export interface DrillPlan {
  readonly command: readonly string[]
  /** Added to the environment of the command; `{replica}` and `{port}` in a value stand for those of a replica. */
  readonly env: Readonly<Record<string, string>>
  /** What the platform sets, and by which a service knows it. */
  readonly platformEnv: Readonly<Record<string, string>>
  /** The address to put load on. Found out where it is not given. */
  readonly url: string | undefined
  readonly readiness: ProbePlan
  readonly liveness: ProbePlan
  readonly rps: number
  readonly connections: number
  readonly keepAliveShare: number
  readonly http2: boolean
  readonly long: { readonly path: string; readonly share: number } | undefined
  readonly sse: StreamPlan | undefined
  readonly websocket: StreamPlan | undefined
  readonly profile: Profile
  readonly stopSignal: string
  readonly gracePeriodMs: number
  readonly preStop: HookHandler | undefined
  readonly propagationMs: number
  readonly spreadMs: number
  readonly warmUpMs: number
  readonly startTimeoutMs: number
  readonly runs: number
  readonly replicas: number
  readonly scenarios: readonly ScenarioName[]
  /** A scenario that cannot be run with this command is left out, and said to be. */
  readonly skips: boolean
  /** What is set in the environment to take dependencies away. */
  readonly down: Readonly<Record<string, string>>
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[]
}

/** How a probe is asked. */
export interface ProbePlan {
  readonly path: string
  /** Another port than that of the service. */
  readonly port: number | undefined
  /** The path is a guess: a server that does not know it has no such probe. */
  readonly guessed: boolean
  /** Until a probe that has turned red is believed, at worst; 0 where nothing is said about it. */
  readonly noticeMs: number
}
