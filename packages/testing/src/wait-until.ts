import { setTimeout as pause } from 'node:timers/promises'
import { LastcallError } from '@lastcall/core'

/** How long to wait, and for what. */
export interface WaitOptions {
  /** @default 10_000 */
  readonly timeoutMs?: number
  /** From one look to the next. @default 10 */
  readonly intervalMs?: number
  /** Names the condition in the error. @default 'the condition' */
  readonly what?: string | (() => string)
}

/**
 * Waits until `condition` gives something other than `false` or `undefined`, and gives that. For conditions of real
 * sockets and processes that no event tells. Rejects with `LASTCALL_TIMEOUT`; what the condition throws goes through.
 */
export async function waitUntil<Value>(
  condition: () => Value | Promise<Value>,
  { timeoutMs = 10_000, intervalMs = 10, what = 'the condition' }: WaitOptions = {},
): Promise<Exclude<Value, false | undefined>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value !== false && value !== undefined) return value as Exclude<Value, false | undefined>
    if (performance.now() >= deadline) {
      const name = typeof what === 'string' ? what : what()
      throw new LastcallError(
        'LASTCALL_TIMEOUT',
        `waitUntil saw no sign of ${name} within ${timeoutMs} ms. Raise timeoutMs if it needs longer.`,
      )
    }
    await pause(intervalMs)
  }
}
