import { setTimeout as pause } from 'node:timers/promises'
import type { DrillContext } from '../drill/context.ts'
import { now } from '../load/now.ts'
import { type ProbeWatch, watchProbe } from '../server/probe-watch.ts'
import { locate, probeUrl } from '../server/locate.ts'
import type { DrilledServer } from '../server/start-server.ts'
import type { Scenario } from './scenario.ts'
import { stopUnready } from './unready-server.ts'
import { withServer } from './with-server.ts'

/** How long it may take until it listens; it may also wait for its dependencies first. */
const LISTEN_MS = 10_000
/** How long it is left without them once it does. */
const WITHOUT_MS = 2000
const PROBE_MS = 200

/** It is started without what it depends on. It may wait or exit; it must not ask for a restart, nor refuse to stop. */
export const dependencyDown: Scenario = {
  name: 'dependency-down',
  async run(context) {
    const names = Object.keys(context.plan.down)
    if (names.length === 0) {
      return { skipped: 'No variable holds the address of a dependency. Pass --down, such as --down DATABASE_URL=….' }
    }
    context.assume(`In dependency-down, ${names.join(', ')} ${names.length === 1 ? 'leads' : 'lead'} nowhere.`)
    return withServer(
      context,
      async (server) => {
        const liveness = await watchLiveness(context, server)
        return stopUnready(context, 'dependency-down', server, { readiness: [], liveness })
      },
      { env: context.plan.down },
    )
  },
}

/** Asks its liveness for a while, from when it listens, if it does. */
async function watchLiveness({ plan, signal }: DrillContext, server: DrilledServer): Promise<ProbeWatch['changes']> {
  let untilMs = now() + LISTEN_MS
  let watch: ProbeWatch | undefined
  while (now() < untilMs && !server.exit) {
    const found = watch ? undefined : locate(server, plan)
    if (found) {
      watch = watchProbe(probeUrl(plan.liveness, found.url), PROBE_MS, () => {})
      untilMs = now() + WITHOUT_MS
    }
    await pause(PROBE_MS, undefined, { signal })
  }
  watch?.stop()
  const changes = watch?.changes ?? []
  // A server that does not know the usual path has no such probe.
  return plan.liveness.guessed && changes[0]?.status === 404 ? [] : changes
}
