import type { Clock } from '@lastcall/core'

/** Waits `ms` milliseconds of `clock`; the signal ends the wait early. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clock.clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = clock.setTimeout(wake, ms)
    if (signal?.aborted) wake()
    signal?.addEventListener('abort', wake, { once: true })
  })
}
