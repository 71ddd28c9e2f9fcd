import { formatOffset, formatSetting } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'

/** It stopped listening before the platform had stopped routing. */
export const noDrainWindow: Judge = {
  code: 'NO-DRAIN-WINDOW',
  judge({ listenerClosedMs, exitMs, killedMs, routedUntilMs, secondSignalMs, ready, endedEarly }) {
    if (!ready || endedEarly) return 'unjudged'
    const closedMs = Math.min(listenerClosedMs ?? exitMs, killedMs ?? exitMs)
    if (closedMs >= Math.min(routedUntilMs, secondSignalMs ?? Infinity)) return 'pass'
    return {
      summary: `it stopped listening at ${formatOffset(closedMs)}, and the platform routed until ${formatOffset(routedUntilMs)}`,
      atMs: Math.round(closedMs),
      cause: 'Its lame duck is shorter than the propagation, so that new connections are refused.',
      fix: `Go on listening for ${formatSetting(Math.ceil(routedUntilMs / 100) * 100)} or more after the signal, or put a preStop sleep before it.`,
    }
  },
}
