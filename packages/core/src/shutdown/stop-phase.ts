import { runWithin } from '../run-within.ts'
import type { Limit, ShutdownContext } from './context.ts'
import type { HookPhase } from './phases.ts'
import { runBounded } from './run-bounded.ts'

/** Stops the components whose phase has come, each after its dependents and within its share of the time. */
export async function stopPhase(context: ShutdownContext, phase: HookPhase, limit: Limit): Promise<void> {
  const { clock, emitter, components } = context
  await components.stop(phase, async (component, shareOf) => {
    const { name, stopTimeoutMs = Infinity } = component
    emitter.emit('component:stop:begin', { component: name, phase })
    const allowedMs = Math.min(stopTimeoutMs, (limit.endsAt - clock.now()) / shareOf)
    const entry = await runBounded(
      context,
      { name, phase, timeoutMs: allowedMs, call: (on) => component.stop?.(on) },
      limit,
    )
    emitter.emit('component:stop:end', { component: name, ...entry })
  })
}

/** The same while the start may be under way: what is still starting may depend on these, so they wait, or are left to a later phase. */
export async function stopPhaseOnceStarted(context: ShutdownContext, phase: HookPhase, limit: Limit): Promise<void> {
  const { clock, components } = context
  if (!components.hasToStop(phase)) return
  const leftMs = limit.endsAt - clock.now()
  const settled = await runWithin(clock, leftMs, 'The start', () => components.startSettled(), limit.early)
  if (settled.outcome !== 'abandoned') await stopPhase(context, phase, limit)
}
