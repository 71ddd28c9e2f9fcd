import { describe, expect, it } from 'vitest'
import { createEmitter } from '../events/emitter.ts'
import type { LifecycleEvent } from '../events/event.ts'
import { createFakeClock } from '../testing.ts'
import type { Component } from './component.ts'
import { buildGraph } from './graph.ts'
import { startComponents } from './start-components.ts'

function setUp(...names: string[]) {
  const clock = createFakeClock()
  const controller = new AbortController()
  const emitter = createEmitter('orders', clock, () => undefined)
  const log: string[] = []
  const events: LifecycleEvent[] = []
  const starts = new Map(names.map((name) => [name, Promise.withResolvers<void>()]))
  const component = (name: string, ...dependsOn: string[]): Component => ({
    name,
    dependsOn,
    start: () => starts.get(name)?.promise ?? Promise.resolve(),
  })
  emitter.subscribe((event) => void events.push(event))
  return {
    ...{ clock, controller, log, events, component },
    endStart: async (name: string, error?: Error) => {
      if (error) starts.get(name)?.reject(error)
      else starts.get(name)?.resolve()
      await clock.settle()
    },
    start: (...components: Component[]) =>
      startComponents(buildGraph(components), {
        ...{ clock, emitter, signal: controller.signal },
        onStarting: ({ name }) => void log.push(`${name} starting`),
        onStarted: ({ name }) => void log.push(`${name} started`),
        onSettled: ({ name }) => void log.push(`${name} settled`),
        onFailed(error) {
          log.push(`failed: ${(error as Error).message}`)
          controller.abort(error)
        },
      }),
  }
}

describe('startComponents', () => {
  it('starts each after its dependencies, and side by side where the graph allows', async () => {
    const { start, component, endStart, log, clock } = setUp('db', 'cache', 'http')
    const started = start(component('db'), component('cache'), component('http', 'db', 'cache'))
    await clock.settle()
    expect(log.splice(0)).toEqual(['db starting', 'cache starting'])
    await endStart('cache')
    expect(log.splice(0)).toEqual(['cache settled', 'cache started'])
    await endStart('db')
    expect(log.splice(0)).toEqual(['db settled', 'db started', 'http starting'])
    await endStart('http')
    await started
    expect(log).toEqual(['http settled', 'http started'])
  })

  it('counts a component without a start as started', async () => {
    const { start, log } = setUp()
    await start({ name: 'db' })
    expect(log).toEqual(['db starting', 'db settled', 'db started'])
  })

  it('tells of a failure at once, starts nothing more, and waits for those under way', async () => {
    const { start, component, endStart, log, clock } = setUp('db', 'cache', 'http')
    let over = false
    const started = start(component('db'), component('cache'), component('http', 'cache')).then(() => (over = true))
    await endStart('db', new Error('refused'))
    expect(log.splice(0)).toEqual(['db starting', 'cache starting', 'failed: refused', 'db settled'])
    await clock.settle()
    expect(over).toBe(false)
    await endStart('cache')
    await started
    expect(log).toEqual(['cache settled', 'cache started'])
  })

  it('tells of the first error alone, also when what is given up fails in turn', async () => {
    const { start, component, endStart, log } = setUp('db')
    const started = start(component('db'), {
      name: 'cache',
      start: ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('given up')), { once: true }),
        ),
    })
    await endStart('db', new Error('refused'))
    await started
    expect(log).toEqual(['db starting', 'cache starting', 'failed: refused', 'db settled', 'cache settled'])
  })

  it('takes what a start throws at once for a rejection', async () => {
    const { start, log } = setUp()
    const failing: Component = {
      name: 'db',
      start: () => {
        throw new Error('no address')
      },
    }
    await start(failing, { name: 'http', dependsOn: ['db'] })
    expect(log).toEqual(['db starting', 'failed: no address', 'db settled'])
  })

  it('starts nothing more once it is given up, and does not call that a failure', async () => {
    const { start, component, endStart, log, controller, clock } = setUp('db')
    const started = start(component('db'), component('http', 'db'))
    await clock.settle()
    controller.abort(new Error('SIGTERM'))
    await endStart('db')
    await started
    expect(log).toEqual(['db starting', 'db settled', 'db started'])
  })

  it('tells of each start in a pair of events', async () => {
    const { start, component, endStart, events, clock } = setUp('db', 'http')
    const started = start(component('db'), component('http', 'db'))
    await clock.advance(30)
    await endStart('db')
    const error = new Error('port taken')
    await clock.advance(12)
    await endStart('http', error)
    await started
    expect(events).toEqual([
      { type: 'component:start:begin', lifecycle: 'orders', at: 0, component: 'db' },
      { type: 'component:start:end', lifecycle: 'orders', at: 30, component: 'db', durationMs: 30 },
      { type: 'component:start:begin', lifecycle: 'orders', at: 30, component: 'http' },
      { type: 'component:start:end', lifecycle: 'orders', at: 42, component: 'http', durationMs: 12, error },
    ])
  })
})
