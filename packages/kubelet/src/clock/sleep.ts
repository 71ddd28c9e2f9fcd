import type { Clock } from '@lastcall/core'

/** Waits `ms` milliseconds of `clock`, which may be `Infinity`; the signal ends the wait early. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clock.clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = ms === Infinity ? undefined : clock.setTimeout(wake, ms)
    if (signal?.aborted) wake()
    signal?.addEventListener('abort', wake, { once: true })
  })
}

/** Waits for `work`, which never rejects: `ms` milliseconds at most, and until one of the signals aborts. */
export async function waitAtMost(
  clock: Clock,
  work: Promise<unknown>,
  ms: number,
  ...signals: readonly AbortSignal[]
): Promise<void> {
  const over = new AbortController()
  await Promise.race([work, sleep(clock, ms, AbortSignal.any([over.signal, ...signals]))])
  over.abort()
}
