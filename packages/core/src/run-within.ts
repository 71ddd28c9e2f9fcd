import { LastcallError } from './errors/lastcall-error.ts'
import type { Clock } from './ports/clock.ts'

/** How bounded work ended. */
export type Ended = { outcome: 'ok' } | { outcome: 'failed'; error: unknown } | { outcome: 'abandoned' }

/**
 * Runs `work` for at most `timeoutMs` milliseconds; never rejects. At the timeout its signal aborts and it is
 * abandoned: whatever it does later is nobody's concern any more. `parent` aborts it early too, with its own reason.
 */
export async function runWithin(
  clock: Clock,
  timeoutMs: number,
  what: string,
  work: (signal: AbortSignal) => unknown,
  parent?: AbortSignal,
): Promise<Ended> {
  const controller = new AbortController()
  const { promise: timedOut, resolve: giveUp } = Promise.withResolvers<Ended>()
  const abandon = () => {
    controller.abort(
      parent?.aborted
        ? parent.reason
        : new LastcallError(
            'LASTCALL_TIMEOUT',
            `${what} did not end within ${Math.round(timeoutMs)} ms: end when its signal aborts.`,
          ),
    )
    giveUp({ outcome: 'abandoned' })
  }
  const timer = clock.setTimeout(abandon, timeoutMs)
  if (parent?.aborted) abandon()
  parent?.addEventListener('abort', abandon, { once: true })
  const done = (async (): Promise<Ended> => {
    try {
      await work(controller.signal)
      return { outcome: 'ok' }
    } catch (error) {
      return { outcome: 'failed', error }
    }
  })()
  try {
    return await Promise.race([done, timedOut])
  } finally {
    clock.clearTimeout(timer)
    parent?.removeEventListener('abort', abandon)
  }
}
