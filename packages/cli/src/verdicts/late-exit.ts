import type { Judge } from './judge.ts'
import { at } from './reactions.ts'

/** It came to its end by itself, but so late that on a slower machine it would be killed. */
export const lateExit: Judge = {
  code: 'LATE-EXIT',
  judge({ exitMs, killedMs, graceMs }) {
    const marginMs = Math.min(Math.max(1000, graceMs / 10), graceMs / 2)
    const latestMs = graceMs - marginMs
    if (killedMs !== undefined || exitMs <= latestMs) return 'pass'
    return {
      summary: `it exited at ${at(exitMs)} of ${graceMs} ms: less than ${Math.round(marginMs)} ms before the kill`,
      atMs: Math.round(exitMs),
      cause: 'Its lame duck, drain and hooks together take nearly all of the grace period.',
      fix: 'Shorten them, or raise the grace period.',
    }
  },
}
