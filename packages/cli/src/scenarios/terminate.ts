import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

/** The platform ends it: endpoint removed, hook, signal, kill. */
export const terminate: Scenario = {
  name: 'terminate',
  run: (context) => runUnderLoad(context, 'terminate'),
}
