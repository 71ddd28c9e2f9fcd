import { formatOffset } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'

/** The liveness probe said that the process must be restarted, while it was only stopping. */
export const livenessRed: Judge = {
  code: 'LIVENESS-RED',
  judge({ liveness, scenario }) {
    if (liveness.length === 0) return 'unjudged'
    const red = liveness.find(({ healthy }) => !healthy)
    if (!red) return 'pass'
    const dependency = scenario === 'dependency-down'
    return {
      summary: `liveness answered ${red.status} at ${formatOffset(red.atMs)}`,
      atMs: Math.round(red.atMs),
      cause: dependency
        ? 'Its liveness depends on something that a restart does not bring back.'
        : 'Its liveness follows the shutdown, and a platform that probes meanwhile kills it early.',
      fix: dependency
        ? 'Let only readiness depend on other services.'
        : 'Keep liveness green until the exit; let only readiness turn red.',
    }
  },
}
