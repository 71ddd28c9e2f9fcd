/** What happens to a process, and what the listener gets. */
export interface ProcessEvents {
  signal: [signal: string]
  uncaughtException: [error: unknown, origin: 'uncaughtException' | 'unhandledRejection']
}

/** One lifecycle's share in ending the process; `exitCode` is set once it has stopped. */
export interface ExitMember {
  readonly name: string
  exitCode: number | undefined
}

/** The process as the engine sees it. Only files in `ports/` know the real one. */
export interface ProcessPort {
  readonly pid: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether a person started it in a terminal, so that Ctrl-C means "now". */
  readonly interactive: boolean
  /** The lifecycles that share this process's end. */
  readonly exitMembers: Set<ExitMember>
  /** The number of a signal, `undefined` where the system has none of that name. */
  signalNumber(signal: string): number | undefined
  /** Listens to a signal such as `SIGTERM`; the return value stops listening. */
  onSignal(signal: string, listener: (signal: string) => void): () => void
  /** Listens to errors that nothing caught, rejections included; the return value stops listening. */
  onUncaught(listener: (...args: ProcessEvents['uncaughtException']) => void): () => void
  /** Whether a file is there: how a platform is told that sets no variable. */
  fileExists(path: string): boolean
  /** Writes what a platform shows after the end; says whether the place was there. */
  writeTerminationLog(path: string, text: string): boolean
  /** Tells the operator of something to mend, where no logger was given. */
  warn(message: string, code: string): void
  /** Tells the operator of an error that nothing caught, where no logger was given. */
  reportError(error: unknown): void
  /** Calls back when everyone has heard of what is resolved by now, and before anything else happens. */
  nextTick(callback: () => void): void
  /** Ends the process. A code that the user set in `process.exitCode` wins over 0. */
  exit(code: number): void
}
