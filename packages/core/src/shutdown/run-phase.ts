import { given } from '../given.ts'
import type { Limit, ShutdownContext } from './context.ts'
import type { Phase } from './phases.ts'

/** One phase: what it is called, what it may take, what it does. */
export interface PhasePlan {
  readonly phase: Phase
  readonly budgetMs: number
  readonly early?: AbortSignal
  /** Must end by the limit: nothing else bounds it. */
  run(limit: Limit): Promise<unknown>
}

/** Runs one phase and writes it into the report. A phase never reaches beyond the one deadline. */
export async function runPhase(context: ShutdownContext, { phase, budgetMs, early, run }: PhasePlan): Promise<void> {
  const { options, clock, emitter, draft } = context
  const begunAt = clock.now()
  const allowedMs = Math.max(0, Math.min(budgetMs, draft.startedAt + options.deadlineMs - begunAt))
  emitter.emit('phase:begin', { phase, budgetMs: allowedMs })
  await run({ endsAt: begunAt + allowedMs, ...given({ early }) })
  const durationMs = clock.now() - begunAt
  const wasAbandoned = draft.hooks.some((hook) => hook.phase === phase && hook.outcome === 'abandoned')
  const timedOut = durationMs >= allowedMs && (wasAbandoned || (phase === 'drain' && draft.cut.length > 0))
  draft.phases.push({ phase, startedMs: begunAt - draft.startedAt, durationMs, budgetMs: allowedMs, timedOut })
  emitter.emit('phase:end', { phase, durationMs, timedOut })
}
