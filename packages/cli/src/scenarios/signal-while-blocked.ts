import { setTimeout as pause } from 'node:timers/promises'
import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

/** It is blocked for so long before the signal, and after it. */
const BEFORE_MS = 200
const AFTER_MS = 800

/** The server can do nothing at the signal, as while its event loop is blocked: every process of it is halted. */
export const signalWhileBlocked: Scenario = {
  name: 'signal-while-blocked',
  run: (context) =>
    runUnderLoad(context, 'signal-while-blocked', {
      async beforeSignal({ container }) {
        container.signal('SIGSTOP', 'group')
        await pause(BEFORE_MS)
      },
      async afterSignal({ container }) {
        await pause(AFTER_MS)
        container.signal('SIGCONT', 'group')
      },
    }),
}
