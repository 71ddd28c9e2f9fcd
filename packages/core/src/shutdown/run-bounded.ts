import { messageOf } from '../errors/message-of.ts'
import type { HookReport } from '../report/report.ts'
import { runWithin } from '../run-within.ts'
import type { Limit, ShutdownContext } from './context.ts'
import type { HookContext } from './hook.ts'
import type { HookPhase } from './phases.ts'

/** What a user registered to run in a phase: a hook, or a component's `stop`. */
export interface BoundedCall {
  readonly name: string
  readonly phase: HookPhase
  readonly timeoutMs: number
  call(context: HookContext): unknown
}

/** Calls it within the time it has, and writes it into the report; never rejects. */
export async function runBounded(
  { clock, draft }: ShutdownContext,
  { name, phase, timeoutMs, call }: BoundedCall,
  { early }: Limit,
): Promise<Omit<HookReport, 'name'>> {
  const begunAt = clock.now()
  const { reason } = draft
  const ended = await runWithin(clock, Math.max(0, timeoutMs), `'${name}'`, (signal) => call({ signal, reason }), early)
  const entry = {
    phase,
    durationMs: clock.now() - begunAt,
    outcome: ended.outcome,
    ...(ended.outcome === 'failed' ? { error: messageOf(ended.error) } : {}),
  }
  draft.hooks.push({ name, ...entry })
  return entry
}
