import { formatOffset } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'

/** Readiness turned back: green again after the signal, or red before it. */
export const readyFlap: Judge = {
  code: 'READY-FLAP',
  judge({ readiness, ready }) {
    if (readiness.length === 0 || !ready) return 'unjudged'
    const early = readiness.find(({ healthy, atMs }) => !healthy && atMs < 0)
    if (early) {
      return {
        summary: `readiness answered ${early.status} at ${formatOffset(early.atMs)}, before the signal`,
        atMs: Math.round(early.atMs),
        cause: 'Its readiness turns red under load, which sends that load to the other replicas.',
        fix: 'Let a check fail only after several failures in a row, and give it the time that it needs under load.',
      }
    }
    const red = readiness.findIndex(({ healthy, atMs }) => !healthy && atMs >= 0)
    const green = red < 0 ? undefined : readiness.slice(red).find(({ healthy }) => healthy)
    if (!green) return 'pass'
    return {
      summary: `readiness was green again at ${formatOffset(green.atMs)}`,
      atMs: Math.round(green.atMs),
      cause: 'Something other than the shutdown decides its readiness, so that it asks for traffic again.',
      fix: 'Keep readiness red from the signal to the exit.',
    }
  },
}
