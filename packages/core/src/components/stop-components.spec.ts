import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../testing.ts'
import type { Component } from './component.ts'
import { buildGraph } from './graph.ts'
import { stopComponents } from './stop-components.ts'

const named = (name: string, ...dependsOn: string[]): Component => ({ name, dependsOn })

function setUp(...components: Component[]) {
  const clock = createFakeClock()
  const stopping: string[] = []
  const shares: Record<string, number> = {}
  const ends = new Map<string, () => void>()
  const isNamed = (names: readonly string[]) => components.filter(({ name }) => names.includes(name))
  return {
    ...{ clock, stopping, shares },
    stop: (...names: string[]) =>
      stopComponents(buildGraph(components), new Set(isNamed(names)), (component, shareOf) => {
        stopping.push(component.name)
        shares[component.name] = shareOf
        return new Promise((resolve) => ends.set(component.name, resolve))
      }),
    end: async (...names: string[]) => {
      for (const name of names) ends.get(name)?.()
      await clock.settle()
    },
  }
}

describe('stopComponents', () => {
  it('stops each after all of its dependents, and side by side where the graph allows', async () => {
    const { stop, end, stopping, clock } = setUp(named('db'), named('http', 'db'), named('worker', 'db'))
    const stopped = stop('db', 'http', 'worker')
    await clock.settle()
    expect(stopping).toEqual(['worker', 'http'])
    await end('worker')
    expect(stopping).toEqual(['worker', 'http'])
    await end('http')
    expect(stopping).toEqual(['worker', 'http', 'db'])
    await end('db')
    await stopped
  })

  it('stops those it is given and no other', async () => {
    const { stop, end, stopping, clock } = setUp(named('db'), named('queue', 'db'), named('http', 'queue'))
    const stopped = stop('db', 'http')
    await clock.settle()
    await end('http', 'db')
    await stopped
    expect(stopping.toSorted()).toEqual(['db', 'http'])
  })

  it('shares the time among those that come after one another, dependents first', async () => {
    const { stop, end, shares, clock } = setUp(
      named('db'),
      named('cache'),
      named('queue', 'db'),
      named('http', 'queue', 'cache'),
    )
    const stopped = stop('db', 'cache', 'queue', 'http')
    await clock.settle()
    for (const name of ['http', 'queue', 'cache', 'db']) await end(name)
    await stopped
    expect(shares).toEqual({ http: 3, queue: 2, cache: 1, db: 1 })
  })

  it('counts in the shares only those that it stops', async () => {
    const { stop, end, shares, clock } = setUp(named('db'), named('http', 'db'))
    const stopped = stop('http')
    await clock.settle()
    await end('http')
    await stopped
    expect(shares).toEqual({ http: 1 })
  })

  it('has nothing to wait for without components', async () => {
    const { stop, stopping } = setUp()
    await stop()
    expect(stopping).toEqual([])
  })
})
