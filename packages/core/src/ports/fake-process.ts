import type { ProcessEvents, ProcessPort } from './process.ts'

/** A process for tests: sends signals to its listeners and records how it was ended. */
export interface FakeProcess extends ProcessPort {
  /** Codes given to `exit`, first to last. */
  readonly exits: readonly number[]
  readonly warnings: readonly { readonly message: string; readonly code: string }[]
  readonly reportedErrors: readonly unknown[]
  readonly terminationLogs: readonly { readonly path: string; readonly text: string }[]
  /** Signals that have a listener at this moment. */
  readonly listenedSignals: readonly string[]
  /** Listeners of any kind at this moment. */
  readonly listenerCount: number
  /** What the kernel does on `kill -<signal>`; says whether anything listened. */
  kill(signal: string): boolean
  /** What Node does when nothing caught `error`; says whether anything listened. */
  throwUncaught(error: unknown, origin?: ProcessEvents['uncaughtException'][1]): boolean
}

/** What a fake process is like. */
export interface FakeProcessOptions {
  /** @default {} */
  readonly env?: Readonly<Record<string, string>>
  /** @default false */
  readonly interactive?: boolean
  /** Paths that exist. @default [] */
  readonly files?: readonly string[]
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGUSR2: 12, SIGTERM: 15 }

/** Makes a process for tests; it touches nothing of the real one. */
export function createFakeProcess(options: FakeProcessOptions = {}): FakeProcess {
  const signals = new Map<string, Set<(signal: string) => void>>()
  const uncaught = new Set<(...args: ProcessEvents['uncaughtException']) => void>()
  const files = new Set(options.files)
  const exits: number[] = []
  const warnings: { message: string; code: string }[] = []
  const reportedErrors: unknown[] = []
  const terminationLogs: { path: string; text: string }[] = []

  return {
    pid: 1,
    env: options.env ?? {},
    interactive: options.interactive ?? false,
    exitMembers: new Set(),
    exits,
    warnings,
    reportedErrors,
    terminationLogs,
    get listenedSignals() {
      return [...signals].filter(([, listeners]) => listeners.size > 0).map(([signal]) => signal)
    },
    get listenerCount() {
      return [...signals.values()].reduce((sum, listeners) => sum + listeners.size, uncaught.size)
    },
    signalNumber: (signal) => SIGNAL_NUMBERS[signal],
    onSignal(signal, listener) {
      const listeners = signals.get(signal) ?? new Set()
      signals.set(signal, listeners.add(listener))
      return () => void listeners.delete(listener)
    },
    onUncaught(listener) {
      uncaught.add(listener)
      return () => void uncaught.delete(listener)
    },
    nextTick: (callback) => process.nextTick(callback),
    fileExists: (path) => files.has(path),
    writeTerminationLog(path, text) {
      if (!files.has(path)) return false
      terminationLogs.push({ path, text })
      return true
    },
    warn: (message, code) => void warnings.push({ message, code }),
    reportError: (error) => void reportedErrors.push(error),
    exit: (code) => void exits.push(code),
    kill(signal) {
      const listeners = [...(signals.get(signal) ?? [])]
      for (const listener of listeners) listener(signal)
      return listeners.length > 0
    },
    throwUncaught(error, origin = 'uncaughtException') {
      const listeners = [...uncaught]
      for (const listener of listeners) listener(error, origin)
      return listeners.length > 0
    },
  }
}
