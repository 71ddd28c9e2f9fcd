import type { ProcessEvents, ProcessPort } from './ports/process.ts'

/** What the process tells a lifecycle. */
export interface ProcessListeners {
  onSignal(signal: string): void
  onUncaught(...args: ProcessEvents['uncaughtException']): void
}

/** Listens to signals and uncaught errors; the return value stops listening. */
export function listenToProcess(
  process: ProcessPort,
  signals: readonly string[],
  listeners: ProcessListeners,
): () => void {
  const stops = [
    ...signals.map((signal) => process.onSignal(signal, (received) => listeners.onSignal(received))),
    process.onUncaught((error, origin) => listeners.onUncaught(error, origin)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
