import type { Limit, ShutdownContext } from './context.ts'
import type { HookPhase } from './phases.ts'
import { runBounded } from './run-bounded.ts'

/** Runs the hooks of a phase side by side; each is bounded, and an error in one stops no other. */
export async function runHooks(context: ShutdownContext, phase: HookPhase, limit: Limit): Promise<void> {
  const { clock, emitter, hooks } = context
  const calls = hooks.of(phase).map(async ({ name, hook, timeoutMs }) => {
    emitter.emit('hook:begin', { hook: name, phase })
    const allowedMs = Math.min(timeoutMs, limit.endsAt - clock.now())
    const entry = await runBounded(context, { name, phase, timeoutMs: allowedMs, call: hook }, limit)
    emitter.emit('hook:end', { hook: name, ...entry })
  })
  await Promise.all(calls)
}
