import { now } from '../load/now.ts'
import { askStatus, isHealthy } from './ask-status.ts'

/** A probe has turned. */
export interface ProbeChange {
  readonly atMs: number
  readonly healthy: boolean
  readonly status: number
}

/** Asks a probe over and over. */
export interface ProbeWatch {
  /** The first answer, and each that is other than the one before. */
  readonly changes: readonly ProbeChange[]
  /** Asks every so often from now on: a server may wait until no connection comes. */
  setPeriod(periodMs: number): void
  stop(): void
}

/** Watches a probe. Only answers count: a server that gives none has gone, or cannot answer, which others look at. */
export function watchProbe(url: URL, periodMs: number, onChange: (change: ProbeChange) => void): ProbeWatch {
  const changes: ProbeChange[] = []
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function ask(): Promise<void> {
    const status = await askStatus(url)
    if (stopped) return
    if (status !== undefined && changes.at(-1)?.healthy !== isHealthy(status)) {
      const change = { atMs: now(), healthy: isHealthy(status), status }
      changes.push(change)
      onChange(change)
    }
    timer = setTimeout(() => void ask(), periodMs)
  }

  void ask()
  return {
    changes,
    setPeriod: (ms) => void (periodMs = ms),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
