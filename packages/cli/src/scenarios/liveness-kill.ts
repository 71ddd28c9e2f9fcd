import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

/**
 * The platform restarts it because its liveness is said to have failed. No endpoint is removed: what stops the routing
 * is that its readiness turns red, as long as that takes to be noticed.
 */
export const livenessKill: Scenario = {
  name: 'liveness-kill',
  run(context) {
    const { noticeMs } = context.plan.readiness
    const source = noticeMs === 0 ? 'at once; --manifest says otherwise' : `after ${noticeMs / 1000} s`
    context.assume(`In liveness-kill, readiness that has turned red is believed ${source}.`)
    return runUnderLoad(context, 'liveness-kill', { unreadyAfterMs: noticeMs })
  },
}
