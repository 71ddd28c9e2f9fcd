import { describe, expect, it } from 'vitest'
import { createEmitter } from '../events/emitter.ts'
import type { HookPhase } from '../shutdown/phases.ts'
import { createFakeClock } from '../testing.ts'
import { createComponents } from './components.ts'

function setUp() {
  const clock = createFakeClock()
  const components = createComponents(
    clock,
    createEmitter('orders', clock, () => undefined),
  )
  const started: string[] = []
  const failures: unknown[] = []
  return {
    ...{ clock, components, started, failures },
    start: () =>
      components.start({
        started: ({ name }) => void started.push(name),
        failed: (error) => void failures.push(error),
      }),
    stopIn: async (phase: HookPhase) => {
      const stopped: string[] = []
      await components.stop(phase, async ({ name }) => void stopped.push(name))
      return stopped
    },
  }
}

describe('createComponents', () => {
  it('tells of each that has started', async () => {
    const { components, start, started } = setUp()
    components.add({ name: 'http', dependsOn: ['db'] })
    components.add({ name: 'db' })
    await start()
    expect(started).toEqual(['db', 'http'])
  })

  it('refuses a graph that cannot be, at once', () => {
    const { components, start } = setUp()
    components.add({ name: 'http', dependsOn: ['db'] })
    expect(start).toThrow("depends on 'db', which is not there")
  })

  it('waits for those whose start is under way', async () => {
    const { components, start, clock } = setUp()
    const { promise, resolve } = Promise.withResolvers<void>()
    components.add({ name: 'db', start: () => promise })
    void start()
    let settled = false
    void components.startSettled().then(() => (settled = true))
    await clock.settle()
    expect(settled).toBe(false)
    resolve()
    await clock.settle()
    expect(settled).toBe(true)
  })

  it('gives the start up at the first failure, and settles', async () => {
    const { components, start, started, failures } = setUp()
    const error = new Error('refused')
    components.add({ name: 'db', start: () => Promise.reject(error) })
    components.add({ name: 'http', dependsOn: ['db'] })
    void start()
    await components.startSettled()
    expect(failures).toEqual([error])
    expect(started).toEqual([])
  })

  it('has something to stop in a phase when it has started, or is about to', async () => {
    const { components, start, clock } = setUp()
    const { promise, resolve } = Promise.withResolvers<void>()
    components.add({ name: 'worker', phase: 'drain', start: () => promise })
    expect(components.hasToStop('flush')).toBe(false)
    void start()
    await clock.settle()
    expect(components.hasToStop('announce')).toBe(false)
    expect(components.hasToStop('drain')).toBe(true)
    resolve()
    await clock.settle()
    expect(components.hasToStop('drain')).toBe(true)
    expect(components.hasToStop('flush')).toBe(true)
  })

  it('stops each in its phase and only once', async () => {
    const { components, start, stopIn } = setUp()
    components.add({ name: 'db' })
    components.add({ name: 'worker', phase: 'drain', dependsOn: ['db'] })
    components.add({ name: 'metrics', phase: 'flush' })
    await start()
    expect(await stopIn('announce')).toEqual([])
    expect(await stopIn('drain')).toEqual(['worker'])
    expect(components.hasToStop('drain')).toBe(false)
    expect(await stopIn('close')).toEqual(['db'])
    expect(await stopIn('flush')).toEqual(['metrics'])
    expect(await stopIn('flush')).toEqual([])
  })

  it('stops nothing that has not started', async () => {
    const { components, start, stopIn } = setUp()
    components.add({ name: 'cache' })
    components.add({ name: 'db', start: () => Promise.reject(new Error('refused')) })
    components.add({ name: 'http', dependsOn: ['db'] })
    await start()
    expect(await stopIn('close')).toEqual(['cache'])
  })

  it('has nothing to stop when it was never started', async () => {
    const { components, stopIn } = setUp()
    components.add({ name: 'db' })
    expect(await stopIn('close')).toEqual([])
  })

  it('stops in a later phase what was late to start', async () => {
    const { components, start, stopIn, clock } = setUp()
    const { promise, resolve } = Promise.withResolvers<void>()
    components.add({ name: 'worker', phase: 'drain', start: () => promise })
    void start()
    await clock.settle()
    components.abortStart(new Error('SIGTERM'))
    expect(await stopIn('drain')).toEqual([])
    resolve()
    await clock.settle()
    expect(await stopIn('close')).toEqual(['worker'])
  })

  it('names those whose start it abandons, and forgets them', async () => {
    const { components, start, started, stopIn, clock } = setUp()
    const { promise, resolve } = Promise.withResolvers<void>()
    components.add({ name: 'cache' })
    components.add({ name: 'db', start: () => promise })
    void start()
    await clock.settle()
    expect(components.abandonStart()).toEqual(['db'])
    resolve()
    await clock.settle()
    expect(started).toEqual(['cache'])
    expect(await stopIn('close')).toEqual(['cache'])
  })

  it('aborts the signal of each start with the reason why it is given up', async () => {
    const { components, start, failures, clock } = setUp()
    const reason = new Error('SIGTERM')
    let seen: unknown
    components.add({
      name: 'db',
      start: ({ signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            seen = signal.reason
            resolve()
          }),
        ),
    })
    const started = start()
    await clock.settle()
    components.abortStart(reason)
    await started
    expect(seen).toBe(reason)
    expect(failures).toEqual([])
  })
})
