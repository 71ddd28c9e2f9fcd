import type { StreamPlan } from '../load/load-plan.ts'
import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

const LEAST_CLIENTS = 20

/** Many clients follow server-sent events. */
export const sse: Scenario = {
  name: 'sse',
  async run(context) {
    const { sse: plan } = context.plan
    if (!plan) return { skipped: 'No path of server-sent events is known. Pass --sse, such as --sse /events.' }
    return runUnderLoad(context, 'sse', { load: { sse: many(plan) } })
  },
}

/** Many clients are connected over WebSockets. */
export const websocket: Scenario = {
  name: 'websocket',
  async run(context) {
    const { websocket: plan } = context.plan
    if (!plan) return { skipped: 'No path of WebSockets is known. Pass --ws, such as --ws /socket.' }
    return runUnderLoad(context, 'websocket', { load: { websocket: many(plan) } })
  },
}

function many({ path, clients }: StreamPlan): StreamPlan {
  return { path, clients: Math.max(clients, LEAST_CLIENTS) }
}
