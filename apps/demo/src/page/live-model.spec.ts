import { createLifecycle } from '@lastcall/core'
import { describe, expect, it, vi } from 'vitest'
import { createLiveModel } from './live-model.ts'

describe('createLiveModel', () => {
  function create(query: () => Promise<unknown[]> = async () => [{ pending: 3, newest: 7 }]) {
    const lifecycle = createLifecycle({ name: 'orders', signals: false, exit: false, platform: 'local' })
    lifecycle.check({ name: 'database', probes: ['readiness'], run: () => {} })
    const database = { query: vi.fn(query) as never }
    const server = { getConnections: (callback: (error: Error | null, count: number) => void) => callback(null, 5) }
    return { lifecycle, database, model: createLiveModel({ lifecycle, database, server: server as never }) }
  }

  it('says what a moment is like: state, probes, checks, connections, work and orders', async () => {
    const { lifecycle, model } = create()
    await lifecycle.start()
    using _hold = lifecycle.hold('order 7')
    model.onCreated()
    model.onProcessed()
    await model.sample({ isWatched: true })
    await expect.poll(() => model.view().probes.readiness).toBe('pass')
    expect(model.view()).toMatchObject({
      state: 'running',
      probes: { startup: 'pass', liveness: 'pass', readiness: 'pass' },
      checks: [{ name: 'database', status: 'pass', probes: ['readiness'], critical: true }],
      connections: 5,
      inFlight: { count: 1, oldest: [{ kind: 'hold', name: 'order 7' }] },
      orders: { pending: 3, newest: 7, created: 1, processed: 1 },
      shutdown: undefined,
    })
    lifecycle.dispose()
  })

  it('tells the history to whoever comes, two minutes of it', async () => {
    const { lifecycle, model } = create()
    for (let second = 0; second < 130; second++) await model.sample({ isWatched: false })
    const { history, deadlineMs, budgets } = model.hello()
    expect(history).toHaveLength(120)
    expect(history[0]).toMatchObject({ status: { startup: 'fail', readiness: 'fail', database: 'pending' } })
    expect({ deadlineMs, phases: budgets.map(({ phase }) => phase) }).toEqual({
      deadlineMs: 9000,
      phases: ['announce', 'lameDuck', 'drain', 'close', 'flush'],
    })
    lifecycle.dispose()
  })

  it('asks the database only while somebody watches a service that runs', async () => {
    const { lifecycle, database, model } = create()
    await model.sample({ isWatched: true })
    await lifecycle.start()
    await model.sample({ isWatched: false })
    expect(database.query).not.toHaveBeenCalled()
    await model.sample({ isWatched: true })
    expect(database.query).toHaveBeenCalledOnce()
    lifecycle.dispose()
  })

  it('knows no queue while the database is away', async () => {
    const { lifecycle, model } = create(() => Promise.reject(new Error('away')))
    await lifecycle.start()
    expect(await model.sample({ isWatched: true })).toMatchObject({ pending: undefined })
    lifecycle.dispose()
  })

  it('takes its own streams for no work', () => {
    const { lifecycle, model } = create()
    using _stream = lifecycle.hold('GET /live')
    expect(model.hasOtherWork()).toBe(false)
    using _request = lifecycle.hold('GET /orders')
    expect(model.hasOtherWork()).toBe(true)
    lifecycle.dispose()
  })
})
