import type { RunFacts } from '../facts/run-facts.ts'
import type { RequestRecord } from '../load/request-record.ts'
import { formatOffset } from '../report/format-figures.ts'
import type { Finding, Judge } from './judge.ts'
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
    const answers = requests.filter(({ outcome, endedMs }) => outcome === 'answered' && endedMs > 0)
    const kept = answers.filter(({ client }) => client === 'keepAlive')
    if (kept.length > 0) return judgeAnswers(kept, firstClose(kept) ?? NOTICE_MS, 'Connection: close')
    // GOAWAY comes beside the answers, and may be later than the first of a session.
    const sessions = answers.filter(({ client, reused }) => client === 'http2' && reused)
    return judgeAnswers(sessions, Math.max(firstClose(sessions) ?? 0, NOTICE_MS), 'GOAWAY')
  },
}

/** From the first that says it on, each must; where none does, from when the signal must have been noticed. */
function judgeAnswers(answers: RunFacts['requests'], fromMs: number, word: string): Finding {
  const after = answers.filter(({ sentMs }) => sentMs > fromMs)
  const silent = after.filter(({ close }) => !close)
  const [first] = silent
  if (!first) return after.length > 0 || firstClose(answers) !== undefined ? 'pass' : 'unjudged'
  return {
    summary: `${silent.length} of ${after.length} answers on kept connections did not say ${word}`,
    atMs: Math.round(first.endedMs),
    cause: `From ${formatOffset(first.endedMs)} on, clients go on with connections that are about to be closed under them.`,
    fix: `Send ${word} ${word === 'GOAWAY' ? 'on every session' : 'with every answer'} after the signal.`,
  }
}

function firstClose(answers: readonly RequestRecord[]): number | undefined {
  const told = answers.filter(({ close }) => close).map(({ endedMs }) => endedMs)
  return told.length > 0 ? Math.min(...told) : undefined
}
