import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

/** Somebody is in a hurry: the signal comes twice. What fails after the second was asked for. */
export const doubleSignal: Scenario = {
  name: 'double-signal',
  run: (context) =>
    runUnderLoad(context, 'double-signal', { secondSignalAfterMs: Math.max(100, context.plan.propagationMs / 2) }),
}
