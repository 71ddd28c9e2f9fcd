import type { DrillContext } from '../drill/context.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'
import { createFacts } from '../facts/create-facts.ts'
import type { LoadPlan } from '../load/load-plan.ts'
import { type FinishedLoad, type Load, startLoad } from '../load/start-load.ts'
import type { DrilledServer } from '../server/start-server.ts'
import { type ReadyServer, waitUntilReady } from '../server/wait-until-ready.ts'
import type { ScenarioOutcome } from './scenario.ts'
import { terminateServer, type TerminationOptions } from './terminate-server.ts'
import { withServer } from './with-server.ts'

/** Connections that fall silent before the signal. */
const IDLE_CONNECTIONS = 2
/** A request may take so long. */
const TIMEOUT_MS = 10_000
/** Established connections carry requests for so long after the end of the routing. */
const SETTLE_MS = 1000

/** In what a scenario differs from a plain termination under load. */
export interface LoadedOptions extends TerminationOptions {
  readonly load?: Partial<LoadPlan>
  /** Says why the scenario cannot be run with this server, if so. */
  readonly unfit?: (ready: ReadyServer) => Promise<string | undefined>
}

/** Starts the server, puts load on it, stops it as the platform does, and gathers what was seen. */
export function runUnderLoad(
  context: DrillContext,
  scenario: ScenarioName,
  options: LoadedOptions = {},
): Promise<ScenarioOutcome> {
  return withServer(context, async (server) => {
    const ready = await becomeReady(context, server)
    const skipped = await options.unfit?.(ready)
    if (skipped !== undefined) return { skipped }
    const load = startLoadOn(context, [{ server, ready }], options.load)
    try {
      const termination = await terminateServer(context, server, ready, load, options)
      const seen = await load.stop()
      noteTrouble(context, seen)
      return { facts: [createFacts(scenario, context.plan, server, ready, termination, seen)] }
    } finally {
      await load.stop()
    }
  })
}

/** Waits for a server, and notes what was found out about it. */
export async function becomeReady(context: DrillContext, server: DrilledServer): Promise<ReadyServer> {
  const ready = await waitUntilReady(server, context.plan)
  for (const finding of ready.findings) context.assume(finding)
  context.onProgress({ type: 'urlFound', url: ready.url.href })
  context.onProgress({ type: 'ready', afterMs: Math.round(ready.readyAfterMs) })
  return ready
}

/** Puts the load of the plan on servers. */
export function startLoadOn(
  { plan, onProgress }: DrillContext,
  servers: readonly { readonly server: DrilledServer; readonly ready: ReadyServer }[],
  changes: Partial<LoadPlan> = {},
): Load {
  const { rps, connections, keepAliveShare, long, sse, websocket } = plan
  const http2 = plan.http2 || servers.some(({ ready }) => ready.protocol === 'http2')
  onProgress({ type: 'loadStarted', rps, connections })
  return startLoad({
    endpoints: servers.map(({ server, ready }) => ({ name: server.name, url: ready.url.href })),
    ...{ rps, connections, keepAliveShare, http2 },
    ...{ idleConnections: IDLE_CONNECTIONS, settleMs: SETTLE_MS },
    // What is known to take long may take as long as it is waited for.
    timeoutMs: long ? Math.max(TIMEOUT_MS, plan.gracePeriodMs) : TIMEOUT_MS,
    ...(long && { long }),
    ...(sse && { sse }),
    ...(websocket && { websocket }),
    ...changes,
  })
}

/** Notes what makes the load say less than it seems to. */
export function noteTrouble({ assume }: DrillContext, { requests, unsent, unsentError }: FinishedLoad): void {
  if (unsent > 0) assume(`${unsent} requests could not be sent by this machine (${unsentError}), and do not count.`)
  for (const client of ['sse', 'websocket'] as const) {
    const refused = requests.find((each) => each.client === client && each.status !== undefined && each.status !== 200)
    if (refused) assume(`The path of ${client} answered ${refused.status}: there was no stream to look at.`)
  }
}
