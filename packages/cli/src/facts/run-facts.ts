import type { ContainerExit } from '@lastcall/kubelet'
import type { ScenarioName } from '../drill/scenario-name.ts'
import type { ConnectionRecord, RequestRecord } from '../load/request-record.ts'
import type { ProbeChange } from '../server/probe-watch.ts'

/** Everything that was seen of one run. All times are milliseconds from the signal, negative before it. */
export interface RunFacts {
  readonly scenario: ScenarioName
  readonly requests: readonly RequestRecord[]
  readonly connections: readonly ConnectionRecord[]
  /** When the platform began to stop routing; before the signal where there is a preStop hook. */
  readonly terminatingMs: number
  /** When the last new connection may come. */
  readonly routedUntilMs: number
  readonly propagationMs: number
  readonly gracePeriodMs: number
  /** How much of the grace period was left at the signal. */
  readonly graceMs: number
  readonly stopSignal: string
  readonly secondSignalMs?: number
  readonly readiness: readonly ProbeChange[]
  readonly liveness: readonly ProbeChange[]
  /** When nothing listened on its port any more; `undefined` where that was not seen before the end. */
  readonly listenerClosedMs: number | undefined
  readonly exit: ContainerExit
  /** 0 where it ended by itself before the signal. */
  readonly exitMs: number
  readonly endedEarly: boolean
  /** When it was killed, at the end of its grace period. */
  readonly killedMs: number | undefined
  /** The process that the signal was sent to, and those that listened. */
  readonly leaderPid: number
  readonly serverPids: readonly number[]
  /** Something listens on the port when all of it is gone. */
  readonly portBound: boolean
  /** It was there to be signalled, but had not been ready: there is no load to judge. */
  readonly ready: boolean
  readonly log: readonly string[]
}
