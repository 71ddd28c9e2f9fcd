import { formatOffset } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'
import { reactedAt } from './reactions.ts'
import { isNotReceived } from './signal-not-received.ts'

/** A signal may take so long to be noticed. */
const NOTICE_MS = 250

/** Clients on kept connections were not told to use them no more. */
export const noCloseHeader: Judge = {
  code: 'NO-CLOSE-HEADER',
  judge(facts) {
    const { requests, killedMs } = facts
    // One that never noticed the signal could not tell anyone.
    if (isNotReceived(facts) || (killedMs !== undefined && reactedAt(facts) === undefined)) return 'unjudged'
    const answers = requests.filter(
      ({ client, outcome, endedMs }) => client === 'keepAlive' && outcome === 'answered' && endedMs > 0,
    )
    // From the first that says it on, each must; where none does, from when the signal must have been noticed.
    const firstMs = Math.min(...answers.filter(({ close }) => close).map(({ endedMs }) => endedMs))
    const fromMs = Number.isFinite(firstMs) ? firstMs : NOTICE_MS
    const after = answers.filter(({ sentMs }) => sentMs > fromMs)
    const silent = after.filter(({ close }) => !close)
    const [first] = silent
    if (!first) return after.length > 0 || Number.isFinite(firstMs) ? 'pass' : 'unjudged'
    return {
      summary: `${silent.length} of ${after.length} answers on kept connections did not say Connection: close`,
      atMs: Math.round(first.endedMs),
      cause: `From ${formatOffset(first.endedMs)} on, clients go on with connections that are about to be closed under them.`,
      fix: 'Send Connection: close with every answer after the signal.',
    }
  },
}
