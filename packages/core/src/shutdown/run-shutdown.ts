import type { ResolvedOptions } from '../options.ts'
import type { Limit, ShutdownContext } from './context.ts'
import { drain } from './drain.ts'
import { waitLameDuck } from './lame-duck.ts'
import { runHooks } from './run-hooks.ts'
import { type PhasePlan, runPhase } from './run-phase.ts'
import { stopPhase, stopPhaseOnceStarted } from './stop-phase.ts'

const NO_LAME_DUCK: ResolvedOptions['lameDuck'] = { minMs: 0, quietMs: 0, maxMs: 0 }

/** Runs the phases one after the other. Every wait in them is bounded, so that it ends by the deadline. */
export async function runShutdown(context: ShutdownContext): Promise<void> {
  const { options, drainables, ladder } = context
  const lameDuck = context.servesLameDuck ? options.lameDuck : NO_LAME_DUCK
  const run = (plan: PhasePlan) => runPhase(context, plan)

  drainables.lameDuck()
  await Promise.all([
    run({
      phase: 'lameDuck',
      budgetMs: lameDuck.maxMs,
      run: () => waitLameDuck(context, lameDuck, ladder.endLameDuck),
    }),
    run({
      phase: 'announce',
      budgetMs: Math.max(lameDuck.maxMs, options.announceTimeoutMs),
      early: ladder.abort,
      run: (limit) =>
        Promise.all([runHooks(context, 'announce', limit), stopPhaseOnceStarted(context, 'announce', limit)]),
    }),
  ])
  context.enter('drain')
  await run({
    phase: 'drain',
    budgetMs: options.drainTimeoutMs,
    early: ladder.abort,
    run: (limit) => drain(context, limit),
  })
  context.enter('close')
  await run({ phase: 'close', budgetMs: options.closeTimeoutMs, run: (limit) => close(context, 'close', limit) })
  context.enter('flush')
  await run({ phase: 'flush', budgetMs: options.flushTimeoutMs, run: (limit) => close(context, 'flush', limit) })
}

/** Hooks first, as they may need the components; they get half of the time, so that every `stop` has some. */
async function close(context: ShutdownContext, phase: 'close' | 'flush', limit: Limit): Promise<void> {
  const shareMs = context.components.hasToStop(phase) ? (limit.endsAt - context.clock.now()) / 2 : 0
  await runHooks(context, phase, { ...limit, endsAt: limit.endsAt - shareMs })
  await stopPhase(context, phase, limit)
}
