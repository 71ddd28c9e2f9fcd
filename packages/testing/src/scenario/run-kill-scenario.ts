import { setTimeout as pause } from 'node:timers/promises'
import { isLastcallError } from '@lastcall/core'
import type { LoadReport } from '../load/load-report.ts'
import { type Load, type LoadOptions, startLoad } from '../load/start-load.ts'
import { isPortFree } from '../service/find-free-port.ts'
import type { ProcessExit, Service, ServiceOptions } from '../service/service.ts'
import { spawnService } from '../service/spawn-service.ts'

/** By then the load has ended by itself, once process and propagation are over; if not, something holds connections. */
const LOAD_REST_MS = 2000

/** A service and the load on it. */
export interface RunningScenario {
  readonly service: Service
  readonly load: Load
}

/** What to start, what to put on it, and how to end it. */
export interface KillScenario {
  readonly service: ServiceOptions
  readonly load: Omit<LoadOptions, 'url'>
  /** @default 'SIGTERM' */
  readonly signal?: NodeJS.Signals
  /** How long new connections are routed to the service after the signal. @default 0 */
  readonly propagationMs?: number
  /** When to send the signal: after so many served requests, or when the promise settles. @default 100 */
  readonly signalAfter?: number | ((running: RunningScenario) => Promise<unknown>)
  /** Who gets the signal: the process alone, or its group, which reaches what a command such as `unshare` runs. @default 'process' */
  readonly signalTarget?: 'process' | 'group'
  /** Sends the signal again, so long after the first. @default not */
  readonly secondSignalAfterMs?: number
  /** Called right after the signal, for what else is to happen during the shutdown. */
  readonly afterSignal?: (running: RunningScenario) => unknown
  /** From the signal to the end of the process and its load; then its group is killed. @default 30_000 */
  readonly timeoutMs?: number
}

/** How a service ended under load. */
export interface KillResult {
  /** `SIGKILL` when it was still there at the timeout. */
  readonly exit: ProcessExit
  readonly timedOut: boolean
  /** From the signal to the exit, in milliseconds. */
  readonly durationMs: number
  readonly load: LoadReport
  /** Whether the port could be bound again, before what was left behind is killed. */
  readonly portFree: boolean
  /** Ids of processes of its group that were left when it had ended, or that had not ended at the timeout. */
  readonly leftoverProcesses: readonly number[]
  readonly stdout: string
  readonly stderr: string
}

/**
 * Starts a service, puts load on it, sends it a signal as a platform does, and gathers what became of the process and
 * of every request. What goes wrong is data of the result; nothing is left running.
 */
export async function runKillScenario(scenario: KillScenario): Promise<KillResult> {
  const service = await spawnService(scenario.service)
  const { tls } = scenario.service
  const load = startLoad({ url: service.url, ...(tls && { tls }), ...scenario.load })
  try {
    return await runScenario(scenario, service, load)
  } finally {
    await service.kill()
    await load.stop()
  }
}

async function runScenario(scenario: KillScenario, service: Service, load: Load): Promise<KillResult> {
  const { signal = 'SIGTERM', signalAfter = 100, signalTarget = 'process' } = scenario
  const { secondSignalAfterMs, afterSignal, propagationMs = 0, timeoutMs = 30_000 } = scenario
  await (typeof signalAfter === 'number' ? load.untilServed(signalAfter) : signalAfter({ service, load }))
  const signalledAt = performance.now()
  service.signal(signal, signalTarget)
  load.stopRouting({ afterMs: propagationMs })
  const second =
    secondSignalAfterMs === undefined
      ? undefined
      : setTimeout(() => service.signal(signal, signalTarget), secondSignalAfterMs)
  const after = (async () => afterSignal?.({ service, load }))()
  after.catch(() => {}) // It is awaited once the process has ended.

  const exit = await endWithin(service, timeoutMs)
  const durationMs = performance.now() - signalledAt
  clearTimeout(second)
  await after
  const stuck = exit ? undefined : service.processes()
  if (stuck) await service.kill()
  await Promise.race([load.finished, pause(propagationMs + LOAD_REST_MS, undefined, { ref: false })])
  // Not while clients connect: a port that is bound to see whether it is free would answer them.
  const portFree = await isPortFree(portOf(service.url))
  const leftoverProcesses = stuck ?? service.processes()
  await service.kill()
  return {
    exit: exit ?? (await service.waitForExit()),
    timedOut: !exit,
    durationMs,
    load: await load.finished,
    portFree,
    leftoverProcesses,
    stdout: service.stdout,
    stderr: service.stderr,
  }
}

async function endWithin(service: Service, timeoutMs: number): Promise<ProcessExit | undefined> {
  try {
    return await service.waitForExit({ timeoutMs })
  } catch (error) {
    if (isLastcallError(error)) return undefined
    throw error
  }
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}
