import type { CrossingKind } from '../load/load-plan.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'
import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

const CLIENTS = 8

/** Clients that send their request bit by bit; one never comes to its end. */
export const slowClient = crossing('slow-client', 'slow')

/** Connections on which nothing has been sent at the signal, as browsers and load balancers open them. */
export const preConnect = crossing('pre-connect', 'preConnect')

/** Uploads that are going on at the signal. */
export const upload = crossing('upload', 'upload')

function crossing(name: ScenarioName, kind: CrossingKind): Scenario {
  return { name, run: (context) => runUnderLoad(context, name, { crossing: { kind, clients: CLIENTS } }) }
}
