import type { Judge } from './judge.ts'
import { isNotReceived } from './signal-not-received.ts'

/** It left processes behind. */
export const orphans: Judge = {
  code: 'ORPHANS',
  judge(facts) {
    const { exit, exitMs, killedMs } = facts
    // Where the server never heard of the signal, or was killed, it could not end what it started.
    if (killedMs !== undefined || isNotReceived(facts)) return 'unjudged'
    const leftovers = exit.leftovers ?? []
    if (leftovers.length === 0) return 'pass'
    const names = leftovers.map(({ pid, command }) => (command === '' ? String(pid) : `${pid} (${command})`))
    return {
      summary: `it left ${leftovers.length === 1 ? 'a process' : `${leftovers.length} processes`} behind: ${names.join(', ')}`,
      atMs: Math.round(exitMs),
      cause: 'It does not end what it started; in a container that is killed with it, elsewhere it stays.',
      fix: 'End child processes, and wait for them, before the exit.',
    }
  },
}
