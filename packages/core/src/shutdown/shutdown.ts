import { LastcallError } from '../errors/lastcall-error.ts'
import { type DraftReport, draftReport } from '../report/draft-report.ts'
import type { ShutdownReport } from '../report/report.ts'
import type { LifecycleState } from '../state.ts'
import { createLadder } from './ladder.ts'
import type { Phase } from './phases.ts'
import type { ShutdownReason } from './reason.ts'
import type { ShutdownContext } from './context.ts'
import type { Work } from './work.ts'
import { runShutdown } from './run-shutdown.ts'

type Parts = Omit<ShutdownContext, 'draft' | 'ladder' | 'servesLameDuck' | 'enter'>

/** What the shutdown needs from the lifecycle. */
export interface ShutdownParts extends Parts {
  readonly draining: AbortController
  /** Whether the platform may still be routing to this process, and nobody waits at a terminal. */
  servesLameDuck(reason: ShutdownReason): boolean
  inFlight(): readonly Work[]
  moveTo(state: LifecycleState): void
  /** Called before the components are closed. */
  beforeClose(): void
  /** Called once, at the end; `forced` when the process must end now. */
  onEnd(report: ShutdownReport, forced: boolean): void
}

/** The one shutdown of a lifecycle. */
export interface Shutdown {
  /** The phase it is in; `undefined` before it, `over` after it. */
  readonly phase: Phase | 'over' | undefined
  /** Resolves with the report when it has ended. */
  readonly ended: Promise<ShutdownReport>
  /** Begins it; every caller gets the same promise, and the first reason wins. */
  begin(reason: ShutdownReason): Promise<ShutdownReport>
  /** A further signal came. */
  climb(signal: string, signalNumber: number): void
  /** Notes an error while it runs. */
  fail(error: unknown): void
}

/** Makes the shutdown of a lifecycle; nothing happens before `begin`. */
export function createShutdown(parts: ShutdownParts): Shutdown {
  const { clock, emitter, options } = parts
  const ladder = createLadder()
  const { promise, resolve } = Promise.withResolvers<ShutdownReport>()
  let phase: Shutdown['phase']
  let draft: DraftReport | undefined

  function finish(running: DraftReport, forcedCode?: number): void {
    if (phase === 'over') return
    phase = 'over'
    const report = running.finish(clock.now(), forcedCode)
    parts.moveTo({ name: 'stopped', outcome: report.outcome })
    emitter.emit('shutdown:end', { report })
    resolve(report)
    parts.onEnd(report, forcedCode !== undefined)
  }

  async function run(reason: ShutdownReason): Promise<void> {
    const startedAt = clock.now()
    const running = draftReport(options, reason, startedAt, parts.inFlight())
    draft = running
    if (reason.kind !== 'signal' && reason.kind !== 'manual') running.fail(reason.error ?? reason.text)
    const deadline = startedAt + options.deadlineMs
    const context: ShutdownContext = {
      ...parts,
      draft: running,
      ladder,
      servesLameDuck: parts.servesLameDuck(reason),
      enter(next) {
        if (phase === 'over') return
        phase = next
        if (next === 'close') parts.beforeClose()
        parts.moveTo({ name: 'draining', phase: next, reason, deadline })
      },
    }
    // The state first: whoever hears of the shutdown must find readiness red already.
    context.enter('lameDuck')
    emitter.emit('shutdown:begin', { reason, deadlineMs: options.deadlineMs })
    const error = new LastcallError('LASTCALL_SHUTTING_DOWN', `'${options.name}' is shutting down: ${reason.text}.`, {
      cause: reason,
    })
    parts.components.abortStart(error)
    parts.draining.abort(error)
    try {
      await runShutdown(context)
    } catch (error) {
      // Nothing in the phases throws; should it ever, the process must still end.
      running.fail(error)
    }
    finish(running)
  }

  return {
    get phase() {
      return phase
    },
    ended: promise,
    begin(reason) {
      if (phase === undefined) void run(reason)
      return promise
    },
    climb(signal, signalNumber) {
      if (!draft || phase === undefined || phase === 'over') return
      const rung = ladder.climb(phase)
      draft.escalations.push({ atMs: clock.now() - draft.startedAt, rung, by: signal })
      emitter.emit('escalation:climb', { rung, by: signal })
      if (rung === 'exit') finish(draft, 128 + signalNumber)
    },
    fail: (error) => draft?.fail(error),
  }
}
