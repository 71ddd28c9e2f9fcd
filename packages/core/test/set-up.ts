import { createLifecycle, type Drainable, type LifecycleEvent, type LifecycleOptions, type Work } from '../src/index.ts'
import { createFakeClock, createFakeProcess, type FakeProcessOptions } from '../src/testing.ts'

/** A lifecycle on the fake clock and a fake process, with everything it says. */
export function setUp(options: LifecycleOptions = {}, processOptions: FakeProcessOptions = {}) {
  const clock = createFakeClock(1_000_000)
  const process = createFakeProcess(processOptions)
  const lifecycle = createLifecycle({ name: 'orders', clock, process, ...options })
  const events: LifecycleEvent[] = []
  lifecycle.subscribe((event) => events.push(event))
  return {
    clock,
    process,
    lifecycle,
    events,
    types: () => events.map(({ type }) => type),
    sleep: (ms: number) => new Promise<void>((resolve) => void clock.setTimeout(resolve, ms)),
  }
}

/** A component or hook that never ends, whatever its signal says. */
export const hang = () => new Promise<never>(() => undefined)

/** A server under the test's control: `finish` ends what is in flight. */
export function fakeServer(work: readonly Work[] = []) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const calls: string[] = []
  let connectedAt: number | undefined
  const drainable: Drainable = {
    name: 'http',
    lameDuck: () => void calls.push('lameDuck'),
    lastConnectionAt: () => connectedAt,
    drain() {
      calls.push('drain')
      return promise
    },
    abort() {
      calls.push('abort')
      resolve()
      return work
    },
    inFlight: () => work,
  }
  return { drainable, calls, finish: resolve, connect: (at: number) => void (connectedAt = at) }
}
