import type { ResolvedContainer } from '../spec/pod-spec.ts'

/** How a container ended. */
export interface ContainerExit {
  /** `null` when a signal ended it. */
  readonly code: number | null
  /**
   * `null` when it exited by itself. A stop signal here means that nothing handled it: as PID 1 of a container the
   * process would have ignored it, and been killed at the end of the grace period.
   */
  readonly signal: string | null
  /** When its first process ended, on the clock of the runtime. What it left behind is ended after that. */
  readonly endedAt?: number
  /** Processes that its first process left behind; they are killed with it. @default [] */
  readonly leftovers?: readonly LeftoverProcess[]
}

/** A process that was still there when the first process of its container had ended. */
export interface LeftoverProcess {
  readonly pid: number
  /** What it runs, as `ps` shows it; empty where the system does not tell. */
  readonly command: string
}

/** A container that runs. */
export interface RunningContainer {
  /** Another one for each start. */
  readonly id: string
  /** On the clock of the runtime. */
  readonly startedAt: number
  /** Its first process, what a container calls PID 1; `undefined` where there is no process. */
  readonly pid?: number
  /** Resolves when its first process has ended, and with it all the others. Never rejects. */
  readonly exited: Promise<ContainerExit>
  /** Sends a signal: to its first process alone, or to all of them. Nothing happens when it has ended. @default 'leader' */
  signal(name: string, target?: 'leader' | 'group'): void
  /** Ends all its processes with SIGKILL. */
  kill(): void
}

/** What starts containers: real processes, or the simulated ones of a test. */
export interface ContainerRuntime {
  /** Starts a container, each time anew. Rejects when it cannot be started. */
  start(container: ResolvedContainer): Promise<RunningContainer>
}
