import { spawn } from 'node:child_process'
import type { ProbeTarget } from '../probes/probe-outcome.ts'
import { MOST_BYTES } from './read-at-most.ts'

/** How a command ended. */
export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly code: number | null
  /** The first 10 KiB of both streams. */
  readonly output: string
}

/**
 * Runs a command without a shell, in a process group of its own. At the signal the group is killed and the wait
 * over. Rejects when there is no such program.
 */
export function runCommand(
  [program = '', ...args]: readonly string[],
  { cwd, env }: ProbeTarget,
  signal: AbortSignal,
): Promise<CommandResult> {
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    ...(env && { env }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = Buffer.alloc(0)
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      if (output.length < MOST_BYTES) output = Buffer.concat([output, chunk]).subarray(0, MOST_BYTES)
    })
  }
  return new Promise((resolve, reject) => {
    const end = (code: number | null) => {
      signal.removeEventListener('abort', stop)
      resolve({ code, output: output.toString() })
    }
    const stop = () => {
      killGroup(child.pid)
      // What has left the group may hold the pipes for ever.
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      end(null)
    }
    child.on('error', reject)
    child.on('close', end)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL')
  } catch {
    // Every one of them has ended.
  }
}
