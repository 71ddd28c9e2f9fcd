import type { Check, ProbeKind } from './checks/check.ts'
import type { Component } from './components/component.ts'
import type { LifecycleListener } from './events/event.ts'
import type { ResolvedOptions } from './options.ts'
import type { Clock } from './ports/clock.ts'
import type { ProbeResult } from './probes/probe.ts'
import type { ProbeSnapshot } from './probes/snapshot.ts'
import type { ShutdownReport } from './report/report.ts'
import type { Drainable } from './shutdown/drainable.ts'
import type { Hold } from './shutdown/hold.ts'
import type { Hook, HookOptions } from './shutdown/hook.ts'
import type { Work } from './shutdown/work.ts'
import type { LifecycleState } from './state.ts'

/** How a service starts, answers its probes and stops. Made by `createLifecycle`. */
export interface Lifecycle {
  readonly name: string
  readonly state: LifecycleState
  /** Aborts when the shutdown begins: take no new long work. Its reason is a `LASTCALL_SHUTTING_DOWN` error. */
  readonly draining: AbortSignal
  /** Aborts when the drain's deadline comes: stop what you are doing. */
  readonly aborting: AbortSignal
  /** Adds a component. Throws `LASTCALL_DUPLICATE_NAME`; the graph is checked at `start()`. */
  use(component: Component): this
  /** Adds a check. Throws `LASTCALL_DUPLICATE_NAME`, `LASTCALL_SHARED_LIVENESS`, `LASTCALL_INVALID_OPTION`. */
  check(check: Check): this
  /** Adds work to do at shutdown; the return value takes it back. Throws `LASTCALL_SHUTTING_DOWN` when its phase is over. */
  onShutdown(name: string, hook: Hook, options?: HookOptions): () => void
  /** Marks work in flight: the drain waits until it is released. */
  hold(name: string): Hold
  /** Holds while `work` runs; `signal` is {@link Lifecycle.aborting}. */
  hold<Result>(
    name: string,
    work: (context: { readonly signal: AbortSignal }) => Result | Promise<Result>,
  ): Promise<Result>
  /** Starts the components in order, then runs. Rejects with `LASTCALL_START_FAILED` after undoing what had started. */
  start(): Promise<void>
  /** What a signal does. Every caller gets the same promise; the first reason wins. It never rejects. */
  shutdown(reason?: string): Promise<ShutdownReport>
  /** The answer to a probe, from memory. */
  probe(kind: ProbeKind): ProbeResult
  /** Listens to every event; the return value stops listening. */
  subscribe(listener: LifecycleListener): () => void
  /** Removes every listener and timer, without a shutdown: for tests and for hosts that stop by themselves. */
  dispose(): void

  /** For adapter authors: the resolved options. */
  readonly options: ResolvedOptions
  /** For adapter authors: the clock that everything here runs on. */
  readonly clock: Clock
  /** For adapter authors: has something drained that takes requests; the return value detaches it. */
  attach(drainable: Drainable): () => void
  /** For adapter authors: all that probe answers are made of. */
  snapshot(): ProbeSnapshot
  /** For adapter authors: everything in flight at this moment, holds included, oldest first. */
  inFlight(): readonly Work[]
  /** For adapter authors: tells the operator of something to mend, once per code and message. */
  warn(code: string, message: string): void
}
