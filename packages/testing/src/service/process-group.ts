import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { waitUntil } from '../wait-until.ts'
import { listProcesses } from './list-processes.ts'

/** A process and everything it started, as the kernel groups them. */
export interface ProcessGroup {
  /** Ids of those that run at this moment. */
  members(): number[]
  /** Sends a signal to all of them, as Ctrl-C in a terminal does. */
  signal(name: NodeJS.Signals): void
  /** Ends all of them with SIGKILL; resolves when none is left. */
  kill(): Promise<void>
}

/**
 * Owns the process group that `leader`, spawned with `detached: true`, leads. Nothing in it outlives this process,
 * however this process ends.
 */
export function ownProcessGroup(leader: ChildProcess): ProcessGroup {
  const id = leader.pid as number
  const guard = spawnGuard(id)
  let empty = false

  function members(): number[] {
    // An empty group's id may be given to a stranger: once empty it is never looked at, or signalled, again.
    const running = empty ? [] : listProcesses().filter(({ group }) => group === id)
    if (running.length === 0 && (leader.exitCode !== null || leader.signalCode !== null)) {
      empty = true
      guard.kill('SIGKILL')
    }
    return running.map(({ pid }) => pid)
  }

  function signal(name: NodeJS.Signals): void {
    if (members().length > 0) sendSignal(-id, name)
  }

  leader.once('exit', () => void members())
  return {
    members,
    signal,
    async kill() {
      signal('SIGKILL')
      await waitUntil(() => members().length === 0 && empty, { what: `the end of process group ${id}` })
    },
  }
}

/** Sends a signal; nothing happens when its target is gone. */
function sendSignal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
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
