import { formatOffset, formatSetting } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'

/** It came to its end by itself, but so late that on a slower machine it would be killed. */
export const lateExit: Judge = {
  code: 'LATE-EXIT',
  judge({ exitMs, killedMs, graceMs }) {
    const marginMs = Math.min(Math.max(1000, graceMs / 10), graceMs / 2)
    const latestMs = graceMs - marginMs
    if (killedMs !== undefined) return 'unjudged'
    if (exitMs <= latestMs) return 'pass'
    return {
      summary: `it exited at ${formatOffset(exitMs)} of ${formatSetting(graceMs)}: less than ${formatSetting(marginMs)} before the kill`,
      atMs: Math.round(exitMs),
      cause: 'Its lame duck, drain and hooks together take nearly all of the grace period.',
      fix: 'Shorten them, or raise the grace period.',
    }
  },
}
