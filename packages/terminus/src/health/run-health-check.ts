import { type Clock, LastcallError } from '@lastcall/core'
import type { HealthCheck, TerminusOptions, TerminusState } from '../options.ts'
import type { HealthAnswer, HealthRenderer } from './render-health.ts'

/** When a run counts as failed, in milliseconds: by then whoever asked has gone. */
export const HEALTH_CHECK_TIMEOUT_MS = 10_000

/** What the logger of `@godaddy/terminus` is told when a check fails. */
export const CHECK_FAILED = 'healthcheck failed'

/** Runs a health check and answers; never rejects. Whoever asks while it runs shares the run. */
export type HealthCheckRunner = (check: HealthCheck, context: { state: TerminusState }) => Promise<HealthAnswer>

/** Makes the runner of one server's health checks. */
export function createRunner(
  clock: Clock,
  renderer: HealthRenderer,
  logger: TerminusOptions['logger'],
): HealthCheckRunner {
  const running = new Map<HealthCheck, Promise<HealthAnswer>>()

  async function run(check: HealthCheck, context: { state: TerminusState }): Promise<HealthAnswer> {
    const late = Promise.withResolvers<never>()
    const timer = clock.setTimeout(() => late.reject(timeoutError()), HEALTH_CHECK_TIMEOUT_MS)
    try {
      // In the `try` as well: what cannot be put into a body is a failure like any other.
      return renderer.success(await Promise.race([check(context), late.promise]))
    } catch (error) {
      return fail(error)
    } finally {
      clock.clearTimeout(timer)
    }
  }

  function fail(error: unknown): HealthAnswer {
    logger?.(CHECK_FAILED, error as Error)
    try {
      return renderer.failure(error)
    } catch (unshowable) {
      logger?.(CHECK_FAILED, unshowable as Error)
      return renderer.failure(undefined)
    }
  }

  return (check, context) => {
    const current = running.get(check)
    if (current) return current
    const begun = run(check, context)
    running.set(check, begun)
    const forget = () => void running.delete(check)
    begun.then(forget, forget)
    return begun
  }
}

function timeoutError(): LastcallError {
  return new LastcallError(
    'LASTCALL_TIMEOUT',
    `A health check did not end within ${HEALTH_CHECK_TIMEOUT_MS} ms: give what it asks a shorter timeout of its own.`,
  )
}
