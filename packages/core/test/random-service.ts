import fc from 'fast-check'
import {
  type Component,
  createLifecycle,
  type Drainable,
  type HookPhase,
  type LifecycleEvent,
  type ShutdownReport,
} from '../src/index.ts'
import { createFakeClock, createFakeProcess, type FakeClock } from '../src/testing.ts'

/** How something behaves when it is called: how long it takes, and how it ends. */
export interface Behaviour {
  readonly ms: number
  /** `hangs` never settles; `obeys` hangs until its signal aborts. */
  readonly end: 'ok' | 'throws' | 'hangs' | 'obeys'
}

/** A service drawn at random, and what happens to it. */
export interface Plan {
  readonly components: readonly {
    readonly start: Behaviour
    readonly stop: Behaviour
    readonly dependsOn: readonly number[]
    readonly drains: boolean
  }[]
  readonly hooks: readonly { readonly phase: HookPhase; readonly run: Behaviour }[]
  readonly holds: readonly Behaviour[]
  /** Requests in flight at the signal, each of which may take a hold while the drain runs. */
  readonly drainables: readonly { readonly run: Behaviour; readonly holds: Behaviour | null }[]
  readonly checks: readonly Behaviour[]
  /** Milliseconds after the start at which each signal, call or error comes. */
  readonly happenings: readonly { readonly at: number; readonly what: 'SIGTERM' | 'SIGINT' | 'shutdown' | 'error' }[]
}

/** Half of them on a grid that the phases end on as well: what happens in the same instant is what goes wrong. */
const moment = (most: number) =>
  fc.oneof(
    fc.nat(most),
    fc.nat(most / 100).map((hundreds) => hundreds * 100),
  )

const behaviour = (most: number) =>
  fc.record<Behaviour>({
    ms: fc.oneof({ weight: 3, arbitrary: moment(most) }, { weight: 1, arbitrary: moment(40_000) }),
    end: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ok' as const) },
      { weight: 1, arbitrary: fc.constantFrom('throws' as const, 'hangs' as const, 'obeys' as const) },
    ),
  })

const components = fc.nat(6).chain((count) =>
  fc.tuple(
    ...Array.from({ length: count }, (_, index) =>
      fc.record({
        start: behaviour(500),
        stop: behaviour(2000),
        dependsOn: index === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(index - 1), { maxLength: 3 }),
        drains: fc.boolean(),
      }),
    ),
  ),
)

/** Draws a plan. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  components,
  hooks: fc.array(
    fc.record({ phase: fc.constantFrom<HookPhase>('announce', 'drain', 'close', 'flush'), run: behaviour(1500) }),
    { maxLength: 4 },
  ),
  holds: fc.array(behaviour(8000), { maxLength: 3 }),
  drainables: fc.array(fc.record({ run: behaviour(8000), holds: fc.option(behaviour(4000)) }), { maxLength: 2 }),
  checks: fc.array(behaviour(1500), { maxLength: 2 }),
  happenings: fc.array(
    fc.record({
      at: moment(12_000),
      what: fc.constantFrom(
        'SIGTERM' as const,
        'SIGTERM' as const,
        'SIGINT' as const,
        'shutdown' as const,
        'error' as const,
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})

/** All that a run showed. */
export interface Run {
  readonly events: readonly LifecycleEvent[]
  readonly reports: readonly ShutdownReport[]
  readonly exits: readonly number[]
  readonly deadlineMs: number
  readonly timersLeft: number
  readonly listenersLeft: number
  readonly startSettled: boolean
  readonly dependsOn: ReadonlyMap<string, readonly string[]>
}

/** Longer than any deadline and any behaviour, so that nothing can still be to come. */
const LONG_AFTER_MS = 200_000

/** Runs a plan on the fake clock and a fake process, to its very end. */
export async function runPlan(plan: Plan): Promise<Run> {
  const clock = createFakeClock()
  const process = createFakeProcess({ env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, files: ['/dev/termination-log'] })
  const lifecycle = createLifecycle({ name: 'random', clock, process, lameDuck: { minMs: 2000, quietMs: 200 } })
  const events: LifecycleEvent[] = []
  lifecycle.subscribe((event) => events.push(event))

  for (const component of toComponents(plan, clock)) lifecycle.use(component)
  plan.hooks.forEach(({ phase, run }, index) =>
    lifecycle.onShutdown(`hook ${index}`, ({ signal }) => behave(clock, run, signal), { phase }),
  )
  plan.checks.forEach((run, index) =>
    lifecycle.check({ name: `check ${index}`, run: ({ signal }) => behave(clock, run, signal) }),
  )
  const hold = (run: Behaviour) =>
    void lifecycle.hold('work', ({ signal }) => behave(clock, run, signal)).catch(() => undefined)
  for (const { run, holds } of plan.drainables) lifecycle.attach(toDrainable(clock, run, () => holds && hold(holds)))
  for (const run of plan.holds) hold(run)

  const answers: Promise<ShutdownReport>[] = []
  for (const { at, what } of plan.happenings) {
    clock.setTimeout(() => {
      if (what === 'shutdown') answers.push(lifecycle.shutdown('asked'))
      else if (what === 'error') process.throwUncaught(new Error('uncaught'))
      else process.kill(what)
    }, at)
  }
  let startSettled = false
  const settle = () => void (startSettled = true)
  lifecycle.start().then(settle, settle)
  await clock.advance(LONG_AFTER_MS)
  answers.push(lifecycle.shutdown('asked again'))
  return {
    events,
    reports: await Promise.all(answers),
    exits: process.exits,
    deadlineMs: lifecycle.options.deadlineMs,
    timersLeft: clock.pending,
    listenersLeft: process.listenerCount,
    startSettled,
    dependsOn: new Map(plan.components.map((one, index) => [named(index), one.dependsOn.map(named)])),
  }
}

const named = (index: number) => `component ${index}`

function toComponents(plan: Plan, clock: FakeClock): Component[] {
  // A component that stops in the drain must have no dependent that stops later.
  const staysOpen = new Set<number>()
  for (let index = plan.components.length - 1; index >= 0; index--) {
    const one = plan.components[index]
    if (!one) continue
    if (!one.drains) staysOpen.add(index)
    if (staysOpen.has(index)) for (const dependency of one.dependsOn) staysOpen.add(dependency)
  }
  return plan.components.map((one, index) => ({
    name: named(index),
    dependsOn: one.dependsOn.map(named),
    phase: staysOpen.has(index) ? 'close' : 'drain',
    start: ({ signal }) => behave(clock, one.start, signal),
    stop: ({ signal }) => behave(clock, one.stop, signal),
  }))
}

function toDrainable(clock: FakeClock, run: Behaviour, atItsEnd: () => void): Drainable {
  const controller = new AbortController()
  return {
    name: 'server',
    lameDuck: () => undefined,
    lastConnectionAt: () => undefined,
    inFlight: () => [],
    drain: () => behave(clock, run, controller.signal).finally(atItsEnd),
    abort() {
      controller.abort()
      return [{ kind: 'request', name: 'GET /', ageMs: 0 }]
    },
  }
}

function behave(clock: FakeClock, { ms, end }: Behaviour, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (end === 'hangs') return
    if (end === 'obeys') return signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    clock.setTimeout(() => (end === 'throws' ? reject(new Error('planned')) : resolve()), ms)
  })
}
