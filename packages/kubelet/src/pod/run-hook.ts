import type { Clock } from '@lastcall/core'
import type { ProbeTarget } from '../probes/probe-outcome.ts'
import type { HookHandler } from '../spec/pod-spec.ts'

/**
 * Runs a hook for real: a GET whose status does not matter, a command that must exit with 0, or a sleep on the clock.
 * Rejects when it failed. `signal` ends the wait; a command goes on.
 */
export function runHook(hook: HookHandler, target: ProbeTarget, clock: Clock, signal: AbortSignal): Promise<void> {
  return Promise.reject(new Error(`todo ${hook.type} ${String(target)} ${String(clock)} ${String(signal)}`))
}
