import type { ResolvedOptions } from '../options.ts'
import type { Clock } from '../ports/clock.ts'

/** What the wait needs to know. */
export interface LameDuckContext {
  readonly clock: Clock
  readonly lameDuck: ResolvedOptions['lameDuck']
  /** When the newest connection came, over all servers. */
  lastConnectionAt(): number | undefined
  /** Ends the wait early. */
  readonly signal: AbortSignal
}

/** Waits while the platform stops routing: `minMs`, then until no connection has come for `quietMs`, `maxMs` at most. */
export async function waitLameDuck({ clock, lameDuck, lastConnectionAt, signal }: LameDuckContext): Promise<void> {
  const begunAt = clock.now()
  while (!signal.aborted) {
    const quietAt = (lastConnectionAt() ?? -Infinity) + lameDuck.quietMs
    const endAt = begunAt + Math.min(Math.max(lameDuck.minMs, quietAt - begunAt), lameDuck.maxMs)
    const leftMs = endAt - clock.now()
    if (leftMs <= 0) return
    await sleep(clock, leftMs, signal)
  }
}

function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clock.clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = clock.setTimeout(wake, ms)
    signal.addEventListener('abort', wake, { once: true })
  })
}
