import type { DrillContext } from '../drill/context.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'
import { createFacts } from '../facts/create-facts.ts'
import { now } from '../load/now.ts'
import { describeExit } from '../server/describe-exit.ts'
import type { DrilledServer } from '../server/start-server.ts'
import { stopServer } from '../server/stop-server.ts'
import { isListening } from '../server/watch-listener.ts'
import type { ServerWatch } from '../server/watch-server.ts'
import type { ScenarioOutcome } from './scenario.ts'

/** Stops a server that never got any load, and gathers what was seen. */
export async function stopUnready(
  { plan, onProgress }: DrillContext,
  scenario: ScenarioName,
  server: DrilledServer,
  watch: Pick<ServerWatch, 'readiness' | 'liveness'> = { readiness: [], liveness: [] },
): Promise<ScenarioOutcome> {
  const terminatingMs = now()
  const stop = await stopServer(server, plan, {
    onSignal: () => onProgress({ type: 'timeline', event: { kind: 'signal', atMs: 0, detail: plan.stopSignal } }),
  })
  const exit = { kind: 'exit', atMs: Math.round(stop.exitMs - stop.signalMs), detail: describeExit(stop.exit) } as const
  onProgress({ type: 'timeline', event: exit })
  const termination = {
    stop,
    watch: { ...watch, listenerClosedMs: undefined },
    terminatingMs,
    routedUntilMs: terminatingMs,
    portBound: isListening(server.givenPort) === true,
  }
  return { facts: [createFacts(scenario, plan, server, undefined, termination, { requests: [], connections: [] })] }
}
