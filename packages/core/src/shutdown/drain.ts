import { LastcallError } from '../errors/lastcall-error.ts'
import { runWithin } from '../run-within.ts'
import type { Limit, ShutdownContext } from './context.ts'
import { runHooks } from './run-hooks.ts'
import { stopPhaseOnceStarted } from './stop-phase.ts'

/** What is aborted may still answer for so long before it is cut, in milliseconds. */
const ABORT_GRACE_MS = 100

/** Finishes what is in flight; aborts it shortly before the limit, and cuts what is left then. */
export async function drain(context: ShutdownContext, limit: Limit): Promise<void> {
  const { clock, components, draft, drainables, holds, aborting } = context
  const budgetMs = limit.endsAt - clock.now()
  const graceMs = Math.min(ABORT_GRACE_MS, budgetMs / 10)

  drainables.drain()
  const bounded = Promise.all([runHooks(context, 'drain', limit), stopPhaseOnceStarted(context, 'drain', limit)])
  const work = Promise.all([components.startSettled(), bounded, inFlightEnds(context)])
  const inTime = await runWithin(clock, budgetMs - graceMs, 'The drain', () => work, limit.early)
  if (inTime.outcome !== 'abandoned') return

  aborting.abort(new LastcallError('LASTCALL_TIMEOUT', 'The drain is over: what is in flight must end now.'))
  const leftMs = Math.max(0, Math.min(graceMs, limit.endsAt - clock.now()))
  const inGrace = await runWithin(clock, leftMs, 'The drain', () => work)
  if (inGrace.outcome !== 'abandoned') return

  draft.cut.push(...drainables.abort(), ...holds.inFlight())
  for (const name of components.abandonStart()) {
    draft.hooks.push({ name: `start of ${name}`, phase: 'drain', durationMs: budgetMs, outcome: 'abandoned' })
  }
  // A `stop` that ends at this very moment must have ended before what it depends on is stopped.
  await bounded
}

/** A request in flight may take a hold, and a hold may outlive it: over is only what leaves nothing behind. */
async function inFlightEnds({ drainables, holds }: ShutdownContext): Promise<void> {
  do {
    await Promise.all([drainables.idle(), holds.idle()])
  } while (holds.inFlight().length > 0 || !drainables.isIdle())
}
