import { waitAtMost } from '../clock/sleep.ts'
import type { ResolvedContainer } from '../spec/pod-spec.ts'
import type { Instance } from './instance.ts'
import type { PodContext } from './pod-context.ts'
import type { KillReason } from './pod-event.ts'
import { runBoundedHook } from './run-bounded-hook.ts'

/** Why a container is stopped, and what it is given. */
export interface StopOrder {
  readonly reason: KillReason
  readonly gracePeriodMs: number
  /** Resolves when those that stop before it have ended. */
  readonly turn?: Promise<unknown>
}

/**
 * Stops a container as the kubelet does: `preStop`, its turn among the sidecars, the stop signal, SIGKILL. All of it
 * takes from one grace period, in whole seconds, of which at least the minimum is left for the stop signal.
 * Resolves when it has exited.
 */
export async function stopContainer(
  context: PodContext,
  container: ResolvedContainer,
  instance: Instance,
  { reason, gracePeriodMs, turn }: StopOrder,
): Promise<void> {
  const { clock, emit, profile } = context
  const { name, preStop, stopSignal = profile.stopSignal } = container
  const { exited, gone, hurried, running } = instance
  let leftMs = gracePeriodMs
  emit('kill:begin', { container: name, reason, gracePeriodMs })

  async function spend(work: Promise<unknown>): Promise<void> {
    const begunAt = clock.now()
    await work
    // In whole seconds, as the kubelet counts them: what is cut off is a gift.
    leftMs -= Math.floor((clock.now() - begunAt) / 1000) * 1000
  }

  if (preStop && leftMs > 0) await spend(runBoundedHook(context, instance, container, 'preStop', leftMs))
  if (turn && leftMs > 0) await spend(waitAtMost(clock, turn, leftMs, gone, hurried))
  const graceMs = Math.max(leftMs, profile.minimumGraceMs)
  if (!gone.aborted) {
    emit('signal:send', { container: name, signal: stopSignal, graceMs })
    running.signal(stopSignal, profile.signalTarget)
    await waitAtMost(clock, exited, profile.minimumGraceMs)
    await waitAtMost(clock, exited, graceMs - profile.minimumGraceMs, hurried)
  }
  if (!gone.aborted) {
    emit('signal:kill', { container: name })
    running.kill()
  }
  await exited
}
