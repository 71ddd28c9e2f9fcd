import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { LeftoverProcess } from './container-runtime.ts'
import { listProcesses } from './list-processes.ts'

const LOOK_MS = 5
/** A process that the kernel cannot end at once is not waited for longer. */
const MOST_LOOKS = 200

/** A process and all it started, as long as they do not leave its group. */
export interface ProcessGroup {
  /** Sends a signal to the leader or to all. Nothing happens once the leader has ended. */
  signal(name: string, target: 'leader' | 'group'): void
  /** To be called when the leader has ended: ends the others too, and tells which there were. */
  end(): Promise<readonly LeftoverProcess[]>
}

/**
 * Owns the process group that `leader`, spawned with `detached: true`, leads. Nothing in it outlives this process,
 * however this process ends.
 */
export function ownProcessGroup(leader: ChildProcess): ProcessGroup {
  const id = leader.pid as number
  const guard = spawnGuard(id)
  const others = () => listProcesses().filter(({ group, pid }) => group === id && pid !== id)

  return {
    signal(name, target) {
      // The id of a group that is gone may be a stranger's by now.
      if (leader.exitCode === null && leader.signalCode === null) send(target === 'leader' ? id : -id, name)
    },
    async end() {
      const left = others()
      for (let looks = 0; looks < MOST_LOOKS && others().length > 0; looks++) {
        send(-id, 'SIGKILL')
        await pause(LOOK_MS)
      }
      guard.kill('SIGKILL')
      return left.map(({ pid, command }) => ({ pid, command }))
    },
  }
}

/** A shell that waits for the end of its input, which is the end of this process even by SIGKILL, then ends the group. */
function spawnGuard(id: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', `read -r _; kill -s KILL -- -${id}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  ;(guard.stdin as Socket).unref()
  return guard
}

function send(target: number, name: string): void {
  try {
    process.kill(target, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
