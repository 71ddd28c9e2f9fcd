import { createLifecycle } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { portableSnapshot } from './portable-snapshot.ts'

async function snapshotWith(data: object) {
  const clock = createFakeClock()
  const lifecycle = createLifecycle({ signals: false, exit: false, clock })
  lifecycle.check({ name: 'pool', run: () => ({ status: 'warn', output: 'nearly full', data: data as never }) })
  await lifecycle.start()
  await clock.settle()
  lifecycle.dispose()
  return portableSnapshot(lifecycle)
}

describe('portableSnapshot', () => {
  it('keeps all that a check says', async () => {
    const { checks } = await snapshotWith({ free: 1 })
    expect(checks).toMatchObject([{ name: 'pool', status: 'warn', output: 'nearly full', data: { free: 1 } }])
  })

  it('keeps the status alone when what a check says cannot go to another thread', async () => {
    const snapshot = await snapshotWith({ pool: () => undefined })
    expect(snapshot.checks).toMatchObject([{ name: 'pool', status: 'warn' }])
    expect(structuredClone(snapshot)).toEqual(snapshot)
  })
})
