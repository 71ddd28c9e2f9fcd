import type { Clock } from '@lastcall/core'
import type { ResolvedContainer } from '../spec/pod-spec.ts'
import type { ContainerRuntime } from './container-runtime.ts'

/** The command that stands for a container. */
export interface ProcessCommand {
  readonly command: string
  /** @default [] */
  readonly args?: readonly string[]
  /** Added to this process's environment. @default {} */
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
  options: ProcessRuntimeOptions = {},
): ContainerRuntime {
  throw new Error(`todo ${String(command)} ${String(options)}`)
}
