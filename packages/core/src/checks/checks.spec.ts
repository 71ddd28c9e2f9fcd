import { describe, expect, it } from 'vitest'
import { createEmitter } from '../events/emitter.ts'
import { createFakeClock } from '../testing.ts'
import { createChecks } from './checks.ts'

function setUp() {
  const clock = createFakeClock()
  const checks = createChecks(
    clock,
    createEmitter('orders', clock, () => undefined),
  )
  const runs: string[] = []
  const named = (name: string) => ({ name, run: () => void runs.push(name) })
  return { clock, checks, runs, named }
}

describe('createChecks', () => {
  it('runs a check at once, or when it is begun', async () => {
    const { checks, runs, named } = setUp()
    checks.add(named('db'), true)
    checks.add(named('cache'), false)
    checks.add(named('queue'), false)
    expect(runs).toEqual(['db'])
    checks.begin('cache')
    expect(runs).toEqual(['db', 'cache'])
    checks.begin()
    expect(runs).toEqual(['db', 'cache', 'queue'])
    checks.end()
  })

  it('ignores a name that has no check', () => {
    const { checks, runs } = setUp()
    checks.begin('http')
    expect(runs).toEqual([])
  })

  it('shows every check in the order of registration', () => {
    const { checks, named } = setUp()
    checks.add(named('db'), false)
    checks.add(named('cache'), false)
    expect(checks.snapshot().map(({ name, status }) => `${name} ${status}`)).toEqual(['db pending', 'cache pending'])
  })

  it('refuses a bad check and keeps nothing of it', () => {
    const { checks, named } = setUp()
    expect(() => checks.add({ ...named('db'), intervalMs: 0 }, true)).toThrow('Option intervalMs')
    expect(checks.snapshot()).toEqual([])
  })

  it('runs nothing more once they have ended', async () => {
    const { checks, runs, named, clock } = setUp()
    checks.add(named('db'), true)
    await clock.settle()
    checks.end()
    checks.begin()
    checks.begin('db')
    checks.add(named('cache'), true)
    await clock.advance(60_000)
    expect(runs).toEqual(['db'])
    expect(clock.pending).toBe(0)
  })
})
