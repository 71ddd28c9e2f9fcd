import { createLifecycle, type ProbeSnapshot } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { followSnapshot } from './follow-snapshot.ts'

function setUp() {
  const clock = createFakeClock()
  const lifecycle = createLifecycle({ signals: false, exit: false, clock })
  const snapshots: ProbeSnapshot[] = []
  const stop = followSnapshot(lifecycle, (snapshot) => void snapshots.push(snapshot))
  return { clock, lifecycle, snapshots, stop }
}

describe('followSnapshot', () => {
  it('hands on each new state', async () => {
    const { clock, lifecycle, snapshots } = setUp()
    await lifecycle.start()
    await clock.settle()
    expect(snapshots.at(-1)?.state).toBe('running')
    await clock.runUntil(lifecycle.shutdown())
    expect(snapshots.map(({ state }) => state)).toContain('draining')
    expect(snapshots.at(-1)?.state).toBe('stopped')
  })

  it('hands on each result of a check', async () => {
    const { clock, lifecycle, snapshots } = setUp()
    let broken = false
    lifecycle.check({
      name: 'db',
      run: () => {
        if (broken) throw new Error('down')
      },
    })
    await lifecycle.start()
    await clock.settle()
    expect(snapshots.at(-1)?.checks).toMatchObject([{ name: 'db', status: 'pass' }])
    broken = true
    await clock.advance(6000)
    expect(snapshots.at(-1)?.checks).toMatchObject([{ name: 'db', status: 'fail', output: 'down' }])
    lifecycle.dispose()
  })

  it('hands on one snapshot for all that happens in one turn', async () => {
    const { clock, lifecycle, snapshots } = setUp()
    const names = ['a', 'b', 'c', 'd']
    for (const name of names) lifecycle.check({ name, run: () => new Promise(() => {}) })
    // The new state, and four checks that begin.
    await lifecycle.start()
    await clock.settle()
    expect(snapshots).toHaveLength(1)
    expect(snapshots[0]?.checks.map(({ name }) => name)).toEqual(names)
    lifecycle.dispose()
  })

  it('hands on that results do not age any more before the components are closed', async () => {
    const { clock, lifecycle, snapshots } = setUp()
    lifecycle.check({ name: 'db', run: () => undefined })
    await lifecycle.start()
    await clock.settle()
    expect(snapshots.at(-1)?.checks[0]).toHaveProperty('staleAt')
    let atClose: ProbeSnapshot | undefined
    lifecycle.onShutdown('look', async () => {
      await undefined
      atClose = snapshots.at(-1)
    })
    await clock.runUntil(lifecycle.shutdown())
    expect(atClose).toMatchObject({ state: 'draining', checks: [{ name: 'db' }] })
    expect(atClose?.checks[0]).not.toHaveProperty('staleAt')
  })

  it('hands on nothing more once it was stopped, not even what was due', async () => {
    const { clock, lifecycle, snapshots, stop } = setUp()
    const started = lifecycle.start()
    stop()
    await started
    await clock.settle()
    await clock.runUntil(lifecycle.shutdown())
    expect(snapshots).toEqual([])
  })
})
