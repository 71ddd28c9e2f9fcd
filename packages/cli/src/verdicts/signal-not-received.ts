import type { RunFacts } from '../facts/run-facts.ts'
import type { Judge } from './judge.ts'
import { reactedAt } from './reactions.ts'

/** The signal reached a program in front of the server, which did not pass it on. */
export const signalNotReceived: Judge = {
  code: 'SIGNAL-NOT-RECEIVED',
  judge(facts) {
    const { serverPids, leaderPid, stopSignal } = facts
    if (serverPids.length === 0) return 'unjudged'
    if (!isNotReceived(facts)) return 'pass'
    return {
      summary: `${stopSignal} went to process ${leaderPid}, and the server is process ${serverPids.join(', ')}`,
      atMs: 0,
      cause: 'A program in front of the server, such as npm or a shell, got the signal and did not pass it on.',
      fix: 'Start the server itself, as in ["node", "server.js"]; in a shell script, with exec.',
    }
  },
}

/** Whether the server outlived what was in front of it, or never heard of the signal. */
export function isNotReceived(facts: RunFacts): boolean {
  const { serverPids, leaderPid, exit, killedMs } = facts
  if (serverPids.length === 0 || serverPids.includes(leaderPid)) return false
  const outlived = (exit.leftovers ?? []).some(({ pid }) => serverPids.includes(pid))
  return outlived || (killedMs !== undefined && reactedAt(facts) === undefined)
}
