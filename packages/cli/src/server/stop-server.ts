import { setTimeout as pause } from 'node:timers/promises'
import { type ContainerExit, realClock, runHook } from '@lastcall/kubelet'
import type { DrillPlan } from '../drill/drill-plan.ts'
import { now } from '../load/now.ts'
import { findMarked } from './marked-processes.ts'
import type { DrilledServer } from './start-server.ts'

/** How a server was stopped. Times are of `now`. */
export interface Stop {
  readonly signalMs: number
  readonly secondSignalMs: number | undefined
  /** From the signal to the kill. */
  readonly graceMs: number
  readonly exit: ContainerExit
  readonly exitMs: number
  readonly killedMs: number | undefined
}

/** What else happens while a server is stopped. */
export interface StopOptions {
  readonly secondSignalAfterMs?: number | undefined
  /** Right after the signal was sent. */
  readonly onSignal?: (atMs: number) => void
}

/**
 * Stops a server as the platform does: its preStop hook, which the grace period pays for, the signal, and SIGKILL at
 * the end of it. Resolves when it is gone.
 */
export async function stopServer(server: DrilledServer, plan: DrillPlan, options: StopOptions = {}): Promise<Stop> {
  const { container } = server
  const spentMs = await runPreStop(server, plan)
  const graceMs = Math.max(plan.gracePeriodMs - spentMs, plan.profile.minimumGraceMs)

  const signalMs = now()
  container.signal(plan.stopSignal, plan.profile.signalTarget)
  options.onSignal?.(signalMs)
  let secondSignalMs: number | undefined
  const second =
    options.secondSignalAfterMs === undefined
      ? undefined
      : setTimeout(() => {
          secondSignalMs = now()
          container.signal(plan.stopSignal, plan.profile.signalTarget)
        }, options.secondSignalAfterMs)
  let killedMs: number | undefined
  const deadline = setTimeout(() => {
    killedMs = now()
    container.kill()
  }, graceMs)

  const exit = await container.exited
  // What it left behind is ended before the runtime tells of its exit.
  const exitMs = now() - (exit.endedAt === undefined ? 0 : realClock.now() - exit.endedAt)
  // Those that have left its group are not known to the runtime, and still there.
  const leftovers = [...(exit.leftovers ?? []), ...findMarked(server.mark)]
  clearTimeout(second)
  clearTimeout(deadline)
  return { signalMs, secondSignalMs, graceMs, exit: { ...exit, leftovers }, exitMs, killedMs }
}

/** Runs the hook; gives what it took of the grace period: whole seconds, as the kubelet counts them. */
async function runPreStop({ container }: DrilledServer, plan: DrillPlan): Promise<number> {
  if (!plan.preStop) return 0
  const startedMs = now()
  const controller = new AbortController()
  const hook = runHook(plan.preStop, {}, realClock, controller.signal).catch(() => {})
  await Promise.race([hook, pause(plan.gracePeriodMs, undefined, { signal: controller.signal }), container.exited])
  controller.abort()
  return Math.floor((now() - startedMs) / 1000) * 1000
}
