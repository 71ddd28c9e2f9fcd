import type { ResolvedOptions } from '../options.ts'
import type { Clock } from '../ports/clock.ts'
import type { ShutdownContext } from './context.ts'

/**
 * Waits while the platform stops routing: `minMs`, then until no connection has come for `quietMs`, `maxMs` at most.
 * The signal ends the wait.
 */
export async function waitLameDuck(
  { clock, drainables }: Pick<ShutdownContext, 'clock' | 'drainables'>,
  { minMs, quietMs, maxMs }: ResolvedOptions['lameDuck'],
  signal: AbortSignal,
): Promise<void> {
  const begunAt = clock.now()
  while (!signal.aborted) {
    const quietAt = (drainables.lastConnectionAt() ?? -Infinity) + quietMs
    const endAt = begunAt + Math.min(Math.max(minMs, quietAt - begunAt), maxMs)
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
