import { setTimeout as pause } from 'node:timers/promises'
import { becomeReady } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'
import { stopUnready } from './unready-server.ts'
import { withServer } from './with-server.ts'

/** The signal comes halfway through the start; how long that takes is found out by a start before. */
export const signalDuringStart: Scenario = {
  name: 'signal-during-start',
  async run(context) {
    const { readyAfterMs } = await withServer(context, (server) => becomeReady(context, server))
    return withServer(context, async (server) => {
      await Promise.race([pause(readyAfterMs / 2, undefined, { signal: context.signal }), server.container.exited])
      return stopUnready(context, 'signal-during-start', server)
    })
  },
}
