import { setTimeout as pause } from 'node:timers/promises'
import { createMix } from './create-mix.ts'
import { createRouting } from './create-routing.ts'
import { startCrossing } from './crossing-clients.ts'
import { createHttp2Sessions } from './http2-sessions.ts'
import { createKeptConnections, openIdleConnections } from './kept-connections.ts'
import type { LoadContext } from './load-context.ts'
import type { LoadPlan } from './load-plan.ts'
import type { LoadNews, LoadOrder } from './messages.ts'
import { now } from './now.ts'
import { createRecorder } from './recorder.ts'
import { runSchedule } from './run-schedule.ts'
import { sendSingle } from './single-requests.ts'
import { keepEventStreams, keepWebSockets } from './stream-clients.ts'

/** How often news are sent. */
const NEWS_MS = 100
/** What is in flight when the load is to end has so long to come to its own end. */
const REST_MS = 500
const LOOK_MS = 10

/** Puts load on a server until it is told to stop. Gives what takes orders. */
export function runLoad(plan: LoadPlan, tell: (news: LoadNews) => void): (order: LoadOrder) => void {
  const controller = new AbortController()
  const recorder = createRecorder()
  const routing = createRouting(plan.endpoints)
  let connections = 0
  const context: LoadContext = { plan, routing, recorder, signal: controller.signal, nextId: () => ++connections }

  const kept = plan.http2 ? createHttp2Sessions(context) : createKeptConnections(context)
  if (plan.sse) keepEventStreams(context, plan.sse)
  if (plan.websocket) keepWebSockets(context, plan.websocket)
  for (const endpoint of plan.http2 ? [] : plan.endpoints) openIdleConnections(context, endpoint)
  const longShare = plan.long?.share ?? 0
  const next = createMix({
    keepAlive: plan.keepAliveShare * (1 - longShare),
    new: (1 - plan.keepAliveShare) * (1 - longShare),
    long: longShare,
  })
  const stopSchedule = runSchedule(plan.rps, (dueMs) => {
    // HTTP/2 has every request on its sessions.
    const kind = plan.http2 ? 'keepAlive' : next()
    if (kind === 'keepAlive') kept.send(dueMs)
    else sendSingle(context, kind, dueMs, kind === 'long' ? plan.long?.path : undefined)
  })
  const report = (): void => tell({ type: 'recorded', recording: recorder.take(), inFlight: recorder.inFlight })
  const news = setInterval(report, NEWS_MS)

  /** Waits for what is in flight, as far as it comes to its own end soon; then ends the rest. */
  async function stop(): Promise<void> {
    stopSchedule()
    await waitForRest()
    clearInterval(news)
    controller.abort()
    await waitForRest()
    report()
    const { unsent, unsentError } = recorder
    tell({ type: 'finished', unsent, ...(unsentError !== undefined && { unsentError }) })
  }

  async function waitForRest(): Promise<void> {
    const deadlineMs = now() + REST_MS
    while (recorder.inFlight > 0 && now() < deadlineMs) await pause(LOOK_MS)
  }

  return (order) => {
    if (order.type === 'route') routing.add(order.endpoint)
    if (order.type === 'unroute') routing.remove(order.endpoint, order.fromMs, order.propagationMs, order.spreadMs)
    const first = plan.endpoints[0]
    if (order.type === 'cross' && first) startCrossing(context, order.kind, order.clients, first)
    if (order.type === 'stop') void stop()
  }
}
