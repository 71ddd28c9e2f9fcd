import type { Components } from '../components/components.ts'
import { LastcallError } from '../errors/lastcall-error.ts'
import { messageOf } from '../errors/message-of.ts'
import type { Emitter } from '../events/emitter.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Clock } from '../ports/clock.ts'
import type { DraftReport } from '../report/draft-report.ts'
import { type Ended, runWithin } from '../run-within.ts'
import type { Drainables } from './drainables.ts'
import type { Holds } from './holds.ts'
import type { Hooks } from './hooks.ts'
import type { Ladder } from './ladder.ts'
import { waitLameDuck } from './lame-duck.ts'
import type { HookPhase, Phase } from './phases.ts'

/** Everything a shutdown works on. */
export interface ShutdownContext {
  readonly options: ResolvedOptions
  readonly clock: Clock
  readonly emitter: Emitter
  readonly draft: DraftReport
  readonly ladder: Ladder
  readonly hooks: Hooks
  readonly holds: Holds
  readonly components: Components
  readonly drainables: Drainables
  readonly aborting: AbortController
  /** Whether the platform may still be routing to this process. */
  readonly servesLameDuck: boolean
  /** Moves the state on; the lame duck has been entered already. */
  enter(phase: Exclude<Phase, 'announce'>): void
}

/** The end of a phase, and what ends it early. */
interface Limit {
  readonly endsAt: number
  readonly early?: AbortSignal
}

/** What is aborted may still answer for so long before it is cut, in milliseconds. */
const ABORT_GRACE_MS = 100

const NO_LAME_DUCK: ResolvedOptions['lameDuck'] = { minMs: 0, quietMs: 0, maxMs: 0 }

/** Runs the phases one after the other. Every wait in here is bounded, so that it ends by the deadline. */
export async function runShutdown(context: ShutdownContext): Promise<void> {
  const { options, clock, emitter, draft, ladder, hooks, holds, components, drainables, aborting } = context
  const lameDuck = context.servesLameDuck ? options.lameDuck : NO_LAME_DUCK

  async function runPhase(
    phase: Phase,
    budgetMs: number,
    run: (limit: Limit) => Promise<unknown>,
    early?: AbortSignal,
  ) {
    const begunAt = clock.now()
    const allowedMs = Math.max(0, Math.min(budgetMs, draft.startedAt + options.deadlineMs - begunAt))
    const abandonedBefore = abandoned()
    emitter.emit('phase:begin', { phase, budgetMs: allowedMs })
    await run({ endsAt: begunAt + allowedMs, ...(early === undefined ? {} : { early }) })
    const durationMs = clock.now() - begunAt
    const timedOut = durationMs >= allowedMs && abandoned() > abandonedBefore
    draft.phases.push({ phase, startedMs: begunAt - draft.startedAt, durationMs, budgetMs: allowedMs, timedOut })
    emitter.emit('phase:end', { phase, durationMs, timedOut })
  }

  const abandoned = () => draft.cut.length + draft.hooks.filter(({ outcome }) => outcome === 'abandoned').length

  async function runHooks(phase: HookPhase, { endsAt, early }: Limit): Promise<void> {
    const run = async ({ name, hook, timeoutMs }: ReturnType<Hooks['of']>[number]) => {
      const begunAt = clock.now()
      emitter.emit('hook:begin', { hook: name, phase })
      const allowedMs = Math.max(0, Math.min(timeoutMs, endsAt - begunAt))
      const ended = await runWithin(
        clock,
        allowedMs,
        `Hook '${name}'`,
        (signal) => hook({ signal, reason: draft.reason }),
        early,
      )
      emitter.emit('hook:end', { hook: name, ...record(name, phase, begunAt, ended) })
    }
    await Promise.all(hooks.of(phase).map(run))
  }

  async function stopComponents(phase: HookPhase, { endsAt, early }: Limit): Promise<void> {
    await components.stop(phase, async (component, shareOf) => {
      const begunAt = clock.now()
      emitter.emit('component:stop:begin', { component: component.name, phase })
      const allowedMs = Math.max(0, Math.min(component.stopTimeoutMs ?? Infinity, (endsAt - begunAt) / shareOf))
      const stop = (signal: AbortSignal) => component.stop?.({ signal, reason: draft.reason })
      const ended = await runWithin(clock, allowedMs, `Component '${component.name}'`, stop, early)
      emitter.emit('component:stop:end', {
        component: component.name,
        ...record(component.name, phase, begunAt, ended),
      })
    })
  }

  function record(name: string, phase: HookPhase, begunAt: number, ended: Ended) {
    const error = ended.outcome === 'failed' ? { error: messageOf(ended.error) } : {}
    const entry = { phase, durationMs: clock.now() - begunAt, outcome: ended.outcome, ...error }
    draft.hooks.push({ name, ...entry })
    return entry
  }

  /** A component that is still starting may depend on these: they wait for it, or are left to a later phase. */
  async function stopOnceStarted(phase: HookPhase, limit: Limit): Promise<void> {
    const leftMs = limit.endsAt - clock.now()
    const settled = await runWithin(clock, leftMs, 'The start', () => components.startSettled(), limit.early)
    if (settled.outcome !== 'abandoned') await stopComponents(phase, limit)
  }

  async function drain(limit: Limit): Promise<void> {
    const budgetMs = limit.endsAt - clock.now()
    const graceMs = Math.min(ABORT_GRACE_MS, budgetMs / 10)
    drainables.drain()
    const bounded = Promise.all([runHooks('drain', limit), stopOnceStarted('drain', limit)])
    const work = Promise.all([drainables.idle(), holds.idle(), components.startSettled(), bounded])
    const inTime = await runWithin(clock, budgetMs - graceMs, 'The drain', () => work, ladder.abort)
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

  /** Hooks first, as they may need the components; they get half of the time, so that every `stop` has some. */
  async function close(phase: 'close' | 'flush', limit: Limit): Promise<void> {
    const share = components.hasToStop(phase) ? (limit.endsAt - clock.now()) / 2 : 0
    await runHooks(phase, { ...limit, endsAt: limit.endsAt - share })
    await stopComponents(phase, limit)
  }

  drainables.lameDuck()
  await Promise.all([
    runPhase('lameDuck', lameDuck.maxMs, () =>
      waitLameDuck({ clock, lameDuck, lastConnectionAt: drainables.lastConnectionAt, signal: ladder.endLameDuck }),
    ),
    runPhase(
      'announce',
      Math.max(lameDuck.maxMs, options.announceTimeoutMs),
      (limit) =>
        Promise.all([
          runHooks('announce', limit),
          components.hasToStop('announce') && stopOnceStarted('announce', limit),
        ]),
      ladder.endLameDuck,
    ),
  ])
  context.enter('drain')
  await runPhase('drain', options.drainTimeoutMs, drain, ladder.abort)
  context.enter('close')
  await runPhase('close', options.closeTimeoutMs, (limit) => close('close', limit))
  context.enter('flush')
  await runPhase('flush', options.flushTimeoutMs, (limit) => close('flush', limit))
}
