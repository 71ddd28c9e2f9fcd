import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../src/spec/pod-spec.ts'
import type { Behaviour } from './fake-runtime.ts'
import { PROBE, setUpPod } from './set-up-pod.ts'

/** Half of them on the grid of whole seconds that the rules are made of: what happens in the same instant goes wrong. */
const moment = (mostMs: number) =>
  fc.oneof(
    fc.nat(mostMs),
    fc.nat(mostMs / 1000).map((seconds) => seconds * 1000),
  )

const container = fc.record({
  role: fc.constantFrom('main' as const, 'main' as const, 'sidecar' as const),
  /** How long preStop takes; 99 999 is longer than any grace period. */
  preStopMs: fc.option(fc.oneof(moment(20_000), fc.constant(99_999))),
  stopMs: fc.option(moment(30_000), { nil: undefined }),
  livesMs: fc.option(moment(40_000), { nil: undefined }),
})

const plan = fc.record({
  containers: fc.array(container, { minLength: 1, maxLength: 4 }),
  graceSeconds: fc.nat(20),
  deletedAt: moment(30_000),
  liveness: fc.option(fc.nat(20_000)),
  prober: fc.constantFrom('classic' as const, 'containerBound' as const),
})

type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never

/** Starts the pod of a plan, deletes it and waits until it is gone. */
async function run({ containers, graceSeconds, deletedAt, liveness, prober }: Plan) {
  const named = containers.map((one, index) => ({ ...one, name: `${one.role}-${index}` }))
  const toSpec = ({ name, preStopMs }: (typeof named)[number]): ContainerSpec => ({
    name,
    ...(preStopMs !== null && { lifecycle: { preStop: { exec: { command: ['drain'] } } } }),
    ...(liveness !== null && { livenessProbe: { ...PROBE, periodSeconds: 1 } }),
  })
  const of = (role: string) => named.filter((one) => one.role === role)
  const mains = of('main').map(toSpec)
  const set = setUpPod({
    prober,
    spec: {
      containers: mains.length > 0 ? mains : [{ name: 'app' }],
      initContainers: of('sidecar').map((one) => ({ ...toSpec(one), restartPolicy: 'Always' })),
      terminationGracePeriodSeconds: graceSeconds,
    },
    behave(name): Behaviour {
      const { stopMs, livesMs } = named.find((one) => one.name === name) ?? {}
      return { stopMs, ...(livesMs !== undefined && { livesMs }) }
    },
    probe: () => (set.clock.now() >= (liveness ?? Infinity) ? 'failure' : 'success'),
    hook: (_, { name }) => {
      const ms = named.find((one) => one.name === name)?.preStopMs ?? 0
      return new Promise((resolve) => void set.clock.setTimeout(resolve, ms))
    },
  })
  void set.pod.start()
  await set.clock.advance(deletedAt)
  await set.clock.runUntil(set.pod.delete())
  return { ...set, goneAt: set.of('pod:gone')[0]?.at ?? NaN }
}

describe('any pod', () => {
  const check = (property: (given: Plan, happened: Awaited<ReturnType<typeof run>>) => void) =>
    fc.assert(
      fc.asyncProperty(plan, async (given) => property(given, await run(given))),
      { numRuns: 80 },
    )

  it('is gone at most its grace period and 2 s after it was deleted, and what a sidecar was let off of a second', async () => {
    await check(({ deletedAt, graceSeconds }, { goneAt, of }) => {
      const sidecars = of('hook:end').filter(({ container }) => container.startsWith('sidecar'))
      const letOff = Math.max(0, ...sidecars.map(({ durationMs }) => durationMs % 1000))
      expect(goneAt - deletedAt).toBeLessThanOrEqual(Math.max(graceSeconds, 1) * 1000 + 2000 + letOff)
    })
  })

  it('gives each container max(G − ⌊preStop⌋, 2) between the stop signal and SIGKILL, to the millisecond', async () => {
    await check((_, { events }) => {
      for (const [index, kill] of events.entries()) {
        if (kill.type !== 'kill:begin' || kill.reason !== 'deletion' || kill.container.startsWith('sidecar')) continue
        const later = events.slice(index).filter((event) => 'container' in event && event.container === kill.container)
        const preStopMs = later.find((event) => event.type === 'hook:end')?.durationMs ?? 0
        const graceMs = Math.max(kill.gracePeriodMs - Math.floor(preStopMs / 1000) * 1000, 2000)
        const signal = later.find((event) => event.type === 'signal:send')
        const sigkill = later.find((event) => event.type === 'signal:kill')
        if (signal) expect(signal.graceMs).toBe(graceMs)
        if (sigkill) expect(sigkill.at - (signal?.at ?? NaN)).toBe(graceMs)
      }
    })
  })

  it('stops a sidecar only after the main containers, and the sidecar after it, unless its time is over', async () => {
    await check((_, { of, runtime }) => {
      const exits = new Map(
        runtime.deeds.filter(({ what }) => what === 'exit').map((deed) => [deed.container, deed.at]),
      )
      for (const { container, graceMs, at } of of('signal:send')) {
        const begun = of('kill:begin').findLast((kill) => kill.container === container && kill.at <= at)
        if (!container.startsWith('sidecar') || begun?.reason !== 'deletion' || graceMs === 2000) continue
        const mains = [...exits].filter(([name]) => !name.startsWith('sidecar')).map(([, exitedAt]) => exitedAt)
        const later = [...exits]
          .filter(([name]) => name.startsWith('sidecar') && name > container)
          .map(([, exitedAt]) => exitedAt)
        expect(at).toBeGreaterThanOrEqual(Math.max(0, ...mains, ...later))
      }
    })
  })

  it('counts restarts one by one, and starts nothing after it was deleted', async () => {
    await check(({ containers, deletedAt }, { of, runtime }) => {
      const names = new Set(of('container:start').map(({ container }) => container))
      expect(names.size).toBeLessThanOrEqual(containers.length + 1)
      for (const name of names) {
        const counts = of('container:start').filter(({ container }) => container === name)
        expect(counts.map(({ restartCount }) => restartCount)).toEqual(counts.map((_, index) => index))
      }
      const late = runtime.deeds.filter(({ what, at }) => what === 'start' && at > deletedAt)
      expect(late).toEqual([])
    })
  })

  it('leaves nothing behind: no container, no endpoint, no timer but those of its own hooks', async () => {
    await check((_, { pod, runtime, events }) => {
      expect(pod.endpoint).toBe(undefined)
      expect(events.at(-1)?.type).toBe('pod:gone')
      const started = runtime.deeds.filter(({ what }) => what === 'start')
      const exited = runtime.deeds.filter(({ what }) => what === 'exit')
      expect(exited).toHaveLength(started.length)
    })
  })
})
