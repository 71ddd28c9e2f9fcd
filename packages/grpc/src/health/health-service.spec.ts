import { type ClientReadableStream, status } from '@grpc/grpc-js'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { ask, type HealthClient } from '../../test/fixtures/orders.ts'
import { runServer } from '../../test/fixtures/run-server.ts'
import type { HealthResponse } from './health-service.ts'

const SERVICES = { 'orders.Orders': 'readiness', 'orders.Reports': ['reports'] } as const

/** A check that says what it is told. */
function createSwitch(name: string, critical: boolean) {
  let passes = true
  return {
    check: {
      ...{ name, critical, intervalMs: 5 },
      run() {
        if (!passes) throw new Error('away')
      },
    },
    turn: (on: boolean) => void (passes = on),
  }
}

/** What a watcher has been told, and whether its stream has ended. */
function follow(stream: ClientReadableStream<HealthResponse>) {
  const watch = { told: [] as string[], ended: false, error: undefined as unknown }
  stream.on('data', ({ status: said }: HealthResponse) => watch.told.push(said))
  stream.on('end', () => (watch.ended = true))
  stream.on('error', (error: unknown) => (watch.error = error))
  return watch
}

const check = async (client: HealthClient, service: string) => (await ask(client, client.check, { service })).status

describe('createHealthService', () => {
  it("answers for the caller's own services, by a probe or by checks", async () => {
    const reports = createSwitch('reports', false)
    const run = await runServer({ start: false, grpc: { services: SERVICES } })
    run.lifecycle.check(reports.check)
    const client = run.health()
    expect(await check(client, 'orders.Orders')).toBe('NOT_SERVING')
    await run.lifecycle.start()
    await waitUntil(async () => (await check(client, 'orders.Reports')) === 'SERVING')
    expect(await check(client, 'orders.Orders')).toBe('SERVING')

    reports.turn(false)
    await waitUntil(async () => (await check(client, 'orders.Reports')) === 'NOT_SERVING')
    // It is not critical for the process, only for what stands on it.
    expect(await check(client, 'orders.Orders')).toBe('SERVING')

    reports.turn(true)
    await waitUntil(async () => (await check(client, 'orders.Reports')) === 'SERVING')
    run.signal()
    expect(await check(client, 'orders.Reports')).toBe('NOT_SERVING')
    expect(await check(client, 'orders.Orders')).toBe('NOT_SERVING')
  })

  it('goes on saying SERVING in the lame duck where readiness does', async () => {
    const reports = createSwitch('reports', true)
    const lifecycle = { readinessWhileDraining: 'serve' } as const
    const run = await runServer({ start: false, lifecycle, grpc: { services: SERVICES } })
    run.lifecycle.check(reports.check)
    await run.lifecycle.start()
    const client = run.health()
    await waitUntil(async () => (await check(client, 'orders.Reports')) === 'SERVING')
    run.signal()
    expect(await check(client, 'orders.Reports')).toBe('SERVING')
    expect(await check(client, '')).toBe('SERVING')
  })

  it('says UNKNOWN of a service whose check is not there', async () => {
    const { health } = await runServer({ grpc: { services: SERVICES } })
    expect(await check(health(), 'orders.Reports')).toBe('UNKNOWN')
  })

  it.each(['nowhere', 'constructor'])('answers NOT_FOUND for the service %s that nobody named', async (service) => {
    const { health } = await runServer()
    await expect(check(health(), service)).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  it('lists every service', async () => {
    const { health } = await runServer({ grpc: { services: SERVICES } })
    const client = health()
    expect(await ask(client, client.list, {})).toEqual({
      statuses: {
        '': { status: 'SERVING' },
        liveness: { status: 'SERVING' },
        readiness: { status: 'SERVING' },
        startup: { status: 'SERVING' },
        'orders.Orders': { status: 'SERVING' },
        'orders.Reports': { status: 'UNKNOWN' },
      },
    })
  })

  it('tells a watcher at once, then each change, once', async () => {
    const db = createSwitch('db', true)
    const run = await runServer({ start: false })
    run.lifecycle.check(db.check)
    const watch = follow(run.health().watch({ service: '' }))
    await waitUntil(() => watch.told.length === 1)
    await run.lifecycle.start()
    await waitUntil(() => watch.told.length === 2)
    const passed = run.events.of('check:end').length
    await waitUntil(() => run.events.of('check:end').length > passed + 2)
    db.turn(false)
    await waitUntil(() => watch.told.length === 3)
    db.turn(true)
    await waitUntil(() => watch.told.length === 4)
    expect(watch.told).toEqual(['NOT_SERVING', 'SERVING', 'NOT_SERVING', 'SERVING'])
  })

  it('tells watchers NOT_SERVING at the signal, and ends them when the drain begins', async () => {
    const run = await runServer()
    const client = run.health()
    const server = follow(client.watch({ service: '' }))
    const liveness = follow(client.watch({ service: 'liveness' }))
    const nowhere = follow(client.watch({ service: 'nowhere' }))
    const watches = [server, liveness, nowhere]
    await waitUntil(() => watches.every(({ told }) => told.length === 1))

    run.signal()
    await waitUntil(() => server.told.at(-1) === 'NOT_SERVING')
    expect(liveness.told).toEqual(['SERVING'])
    expect([server.ended, nowhere.ended]).toEqual([false, false])

    run.signal()
    await waitUntil(() => watches.every(({ ended }) => ended))
    expect(watches.map(({ told, error }) => [told, error])).toEqual([
      [['SERVING', 'NOT_SERVING'], undefined],
      [['SERVING', 'NOT_SERVING'], undefined],
      [['SERVICE_UNKNOWN'], undefined],
    ])
    expect(await run.lifecycle.shutdown()).toMatchObject({ outcome: 'clean', inFlight: [], cut: [] })
  })
})
