import { isLastcallError } from '@lastcall/core'
import type { DrillContext } from '../drill/context.ts'
import { createFacts } from '../facts/create-facts.ts'
import type { Recording } from '../load/request-record.ts'
import type { DrilledServer } from '../server/start-server.ts'
import type { ReadyServer } from '../server/wait-until-ready.ts'
import { becomeReady, noteTrouble, startLoadOn } from './run-under-load.ts'
import type { Scenario, ScenarioOutcome } from './scenario.ts'
import { terminateServer, type Termination } from './terminate-server.ts'
import { withServer } from './with-server.ts'

interface Replica {
  readonly server: DrilledServer
  readonly ready: ReadyServer
}

/** Replicas are replaced one after another: each time a new one becomes ready first, and then an old one is stopped. */
export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  run: async (context) => {
    try {
      return await withReplicas(context, context.plan.replicas, [], (replicas) => replaceAll(context, replicas))
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error
      return { skipped: error.message }
    }
  },
}

/** Starts replicas, numbered on from those there are, for the time of `use`. */
function withReplicas<Value>(
  context: DrillContext,
  count: number,
  before: readonly Replica[],
  use: (replicas: readonly Replica[]) => Promise<Value>,
): Promise<Value> {
  if (count === 0) return use(before)
  const replica = before.length + 1
  return withServer(
    context,
    async (server) => {
      const ready = await becomeReplica(context, server, before.length > 0)
      return withReplicas(context, count - 1, [...before, { server, ready }], use)
    },
    { replica },
  )
}

/** Two replicas on one machine need two ports, and nothing else that only one of them can have. */
async function becomeReplica(context: DrillContext, server: DrilledServer, second: boolean): Promise<ReadyServer> {
  try {
    const ready = await becomeReady(context, server)
    if (ready.port === server.givenPort) return ready
  } catch (error) {
    if (!second || !isLastcallError(error)) throw error
    const [reason = ''] = error.message.split('\n')
    throw new CannotRun(
      `A second replica does not start beside the first: ${reason} See --env with {replica} or {port}.`,
    )
  }
  throw new CannotRun('Replicas need a port each, and the command does not listen on the PORT it is given.')
}

async function replaceAll(context: DrillContext, old: readonly Replica[]): Promise<ScenarioOutcome> {
  const load = startLoadOn(context, old)
  const terminations: Termination[] = []

  async function replaceFrom(index: number, all: readonly Replica[]): Promise<void> {
    const replica = old[index]
    if (!replica) return
    await withReplicas(context, 1, all, async (more) => {
      const added = more.at(-1)
      if (added) load.route({ name: added.server.name, url: added.ready.url.href })
      terminations.push(await terminateServer(context, replica.server, replica.ready, load))
      await replaceFrom(index + 1, more)
      // The new replicas stay until the load has ended.
      await load.stop()
    })
  }

  try {
    await replaceFrom(0, old)
    const seen = await load.stop()
    noteTrouble(context, seen)
    return {
      facts: terminations.map((termination, index) => {
        const { server, ready } = old[index] as Replica
        const recording = recordingOf(server.name, index === terminations.length - 1 ? old : [], seen)
        return createFacts('rolling-restart', context.plan, server, ready, termination, recording)
      }),
    }
  } finally {
    await load.stop()
  }
}

/** What a replica was sent. What failed on none of the `old` ones, the last of them answers for: nothing is left out. */
function recordingOf(name: string, old: readonly Replica[], { requests, connections }: Recording): Recording {
  const isOld = (endpoint: string): boolean => old.length === 0 || old.some(({ server }) => server.name === endpoint)
  return {
    requests: requests.filter(
      ({ endpoint, outcome }) => endpoint === name || (!isOld(endpoint) && outcome !== 'answered'),
    ),
    connections: connections.filter(({ endpoint }) => endpoint === name),
  }
}

class CannotRun extends Error {}
