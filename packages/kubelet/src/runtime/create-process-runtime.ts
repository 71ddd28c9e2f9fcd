import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, LastcallError } from '@lastcall/core'
import { realClock } from '../clock/real-clock.ts'
import { messageOf } from '../handlers/message-of.ts'
import type { ResolvedContainer } from '../spec/pod-spec.ts'
import type { ContainerExit, ContainerRuntime, RunningContainer } from './container-runtime.ts'
import { ownProcessGroup, type ProcessGroup } from './own-process-group.ts'

/** How long the rest of the output may take: a process that has left the group may hold the pipe for ever. */
const OUTPUT_REST_MS = 100

/** The command that stands for a container. */
export interface ProcessCommand {
  readonly command: string
  /** @default [] */
  readonly args?: readonly string[]
  /** Added to this process's environment; `undefined` takes a variable away. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** @default this process's */
  readonly cwd?: string
  /** Told of each piece of output as it comes. @default the output is thrown away */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void
}

/** What makes a runtime of processes. */
export interface ProcessRuntimeOptions {
  /** @default the real clock */
  readonly clock?: Clock
}

/**
 * Runs commands of this machine as containers: each in a process group of its own, which is killed as a whole once
 * its leader has ended, or this process has. A function gives each container of a pod its command.
 * A start rejects with `LASTCALL_START_FAILED` when there is no such command.
 */
export function createProcessRuntime(
  command: ProcessCommand | ((container: ResolvedContainer) => ProcessCommand),
  { clock = realClock }: ProcessRuntimeOptions = {},
): ContainerRuntime {
  let starts = 0
  return {
    async start(container): Promise<RunningContainer> {
      const { name } = container
      const { child, group } = await spawnGroup(typeof command === 'function' ? command(container) : command, name)
      return {
        id: `${name}-${++starts}`,
        startedAt: clock.now(),
        pid: child.pid as number,
        exited: waitForExit(child, group, clock),
        signal: (signal, target = 'leader') => group.signal(signal, target),
        kill: () => group.signal('SIGKILL', 'group'),
      }
    },
  }
}

async function spawnGroup(
  { command, args = [], env, cwd, onOutput }: ProcessCommand,
  name: string,
): Promise<{ child: ChildProcess; group: ProcessGroup }> {
  try {
    const child = spawn(command, args, {
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => onOutput?.(text, stream))
    }
    if (child.pid === undefined) throw (await once(child, 'error'))[0]
    // Before anything else happens to this process: from here on the group ends with it.
    const group = ownProcessGroup(child)
    await once(child, 'spawn')
    return { child, group }
  } catch (cause) {
    throw new LastcallError(
      'LASTCALL_START_FAILED',
      `Container ${name} cannot be started: ${messageOf(cause)}. Check its command and its cwd.`,
      { cause },
    )
  }
}

async function waitForExit(child: ChildProcess, group: ProcessGroup, clock: Clock): Promise<ContainerExit> {
  const closed = once(child, 'close')
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  const endedAt = clock.now()
  const leftovers = await group.end()
  await Promise.race([closed, pause(OUTPUT_REST_MS, undefined, { ref: false })])
  return { code, signal, endedAt, leftovers }
}
