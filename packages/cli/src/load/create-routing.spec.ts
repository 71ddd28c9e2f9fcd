import { describe, expect, it } from 'vitest'
import { createRouting } from './create-routing.ts'

const one = { name: 'one', url: 'http://127.0.0.1:1/' }
const two = { name: 'two', url: 'http://127.0.0.1:2/' }

/** What the next twenty connections at a time are opened to. */
function picks(routing: ReturnType<typeof createRouting>, atMs: number): (string | undefined)[] {
  return Array.from({ length: 20 }, () => routing.pick(atMs)?.name)
}

describe('createRouting', () => {
  it('shares connections among the endpoints, those too that come later', () => {
    const routing = createRouting([one])
    expect(new Set(picks(routing, 0))).toEqual(new Set(['one']))
    routing.add(two)
    const shared = picks(routing, 0)
    expect(shared.filter((name) => name === 'two')).toHaveLength(10)
  })

  it('routes to an endpoint that is removed until the propagation is over', () => {
    const routing = createRouting([one])
    expect(routing.endsAt('one')).toBe(Infinity)
    routing.remove('one', 1000, 500, 0)
    expect(routing.endsAt('one')).toBe(1500)
    expect(picks(routing, 1499)).not.toContain(undefined)
    expect(new Set(picks(routing, 1500))).toEqual(new Set([undefined]))
  })

  it('lets one place after another learn of it where there is a spread', () => {
    const routing = createRouting([one])
    routing.remove('one', 1000, 500, 200)
    expect(routing.endsAt('one')).toBe(1700)
    const routed = (atMs: number) => picks(routing, atMs).filter((name) => name !== undefined).length
    expect([1299, 1399, 1499, 1599, 1699, 1700].map(routed)).toEqual([20, 16, 12, 8, 4, 0])
  })

  it('knows nothing of an endpoint that was never added', () => {
    const routing = createRouting([one])
    routing.remove('two', 0, 0, 0)
    expect(routing.endsAt('two')).toBe(-Infinity)
    expect(routing.urlOf('one')).toBe(one.url)
  })
})
