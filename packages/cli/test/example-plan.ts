import { createPlan, type DrillFlags } from '../src/drill/create-plan.ts'
import type { DrillPlan } from '../src/drill/drill-plan.ts'

/** The options of `drill` as they are where none is given. */
export const exampleFlags: DrillFlags = {
  ...{ rps: '200', connections: '50', mix: 'keepalive:0.7,new:0.3', profile: 'kubernetes', runs: '1', replicas: '2' },
  ...{ warmUp: '2s', startTimeout: '60s', env: [], down: [], scenario: [] },
}

/** The plan that they make, with changes. */
export function examplePlan(changes: Partial<DrillPlan> = {}): DrillPlan {
  return { ...createPlan(['node', 'server.js'], exampleFlags, {}), ...changes }
}
