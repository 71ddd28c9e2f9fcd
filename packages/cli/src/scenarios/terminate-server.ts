import { setTimeout as pause } from 'node:timers/promises'
import type { DrillContext } from '../drill/context.ts'
import type { TimelineEvent } from '../drill/result.ts'
import type { CrossingKind } from '../load/load-plan.ts'
import { now } from '../load/now.ts'
import type { Load } from '../load/start-load.ts'
import { describeExit } from '../server/describe-exit.ts'
import type { DrilledServer } from '../server/start-server.ts'
import type { ReadyServer } from '../server/wait-until-ready.ts'
import { type Stop, stopServer } from '../server/stop-server.ts'
import { isListening } from '../server/watch-listener.ts'
import { type ServerWatch, watchServer } from '../server/watch-server.ts'

/** What crosses the signal begins so long before it. */
const CROSSING_MS = 150

/** In what a scenario differs from a plain termination. */
export interface TerminationOptions {
  /** Begins just before the signal. */
  readonly crossing?: { readonly kind: CrossingKind; readonly clients: number }
  /** Called just before the signal and right after it. */
  readonly beforeSignal?: (server: DrilledServer) => Promise<void>
  readonly afterSignal?: (server: DrilledServer) => Promise<void>
  readonly secondSignalAfterMs?: number
  /** The platform does not remove the endpoint; it stops to route when readiness has been red for so long. */
  readonly unreadyAfterMs?: number
}

/** What was seen while a server was stopped. Times are of `now`. */
export interface Termination {
  readonly stop: Stop
  readonly watch: Pick<ServerWatch, 'readiness' | 'liveness' | 'listenerClosedMs'>
  readonly terminatingMs: number
  readonly routedUntilMs: number
  readonly portBound: boolean
}

/** Lets the load run on a server for a while, then stops it as the platform does. Resolves when nobody routes to it. */
export async function terminateServer(
  { plan, onProgress, signal }: DrillContext,
  server: DrilledServer,
  ready: ReadyServer,
  load: Load,
  options: TerminationOptions = {},
): Promise<Termination> {
  const { crossing, beforeSignal, afterSignal, secondSignalAfterMs, unreadyAfterMs } = options
  let signalMs = Infinity
  let routedUntilMs = Infinity
  let slowDown: NodeJS.Timeout | undefined

  const sleep = (ms: number): Promise<void> => pause(Math.max(0, ms), undefined, { signal })
  const report = (kind: TimelineEvent['kind'], atMs: number, detail?: string): void => {
    const event = { kind, atMs: Math.round(atMs - signalMs), ...(detail !== undefined && { detail }) }
    if (atMs >= signalMs) onProgress({ type: 'timeline', event })
  }
  const stopRouting = (fromMs: number): void => {
    if (routedUntilMs !== Infinity) return
    routedUntilMs = fromMs + plan.propagationMs + plan.spreadMs
    load.unroute(server.name, fromMs, plan.propagationMs, plan.spreadMs)
    slowDown = setTimeout(watch.slowDown, routedUntilMs - now())
  }
  const watch = watchServer(server, ready, (kind, atMs, detail) => {
    report(kind, atMs, detail)
    if (kind === 'readinessRed' && unreadyAfterMs !== undefined) stopRouting(atMs + unreadyAfterMs)
  })
  load.follow(() => onProgress({ type: 'load', ...standing(load), atMs: sinceSignal(signalMs) }))

  try {
    await load.started
    await sleep(plan.warmUpMs)
    if (crossing) {
      load.cross(crossing.kind, crossing.clients)
      await sleep(CROSSING_MS)
    }
    await beforeSignal?.(server)
    const terminatingMs = now()
    if (unreadyAfterMs === undefined) stopRouting(terminatingMs)
    if (plan.profile.removesEndpointsFirst) await sleep(routedUntilMs - now())

    let after: Promise<void> | undefined
    const stop = await stopServer(server, plan, {
      secondSignalAfterMs,
      onSignal(atMs) {
        signalMs = atMs
        report('signal', atMs, plan.stopSignal)
        after = afterSignal?.(server)
      },
    })
    report('exit', stop.exitMs, describeExit(stop.exit))
    await after
    // Without its container a pod is not ready, whatever its probe has said.
    stopRouting(stop.exitMs)
    await sleep(routedUntilMs - now())
    return { stop, watch, terminatingMs, routedUntilMs, portBound: isListening(ready.port) === true }
  } finally {
    clearTimeout(slowDown)
    watch.stop()
  }
}

function standing({ recording: { requests }, inFlight }: Load) {
  const answered = requests.filter(({ outcome }) => outcome === 'answered').length
  return { sent: requests.length + inFlight, answered, failed: requests.length - answered, inFlight }
}

function sinceSignal(signalMs: number): number | null {
  return signalMs === Infinity ? null : Math.round(now() - signalMs)
}
