import { status } from '@grpc/grpc-js'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { ask } from '../test/fixtures/orders.ts'
import { collect, isConnected, runServer } from '../test/fixtures/run-server.ts'

/** What each probe says to a client on a connection of its own. */
async function probes({ health }: Pick<Awaited<ReturnType<typeof runServer>>, 'health'>) {
  const client = health()
  const check = async (service: string) => (await ask(client, client.check, { service })).status
  return {
    startup: await check('startup'),
    readiness: await check('readiness'),
    liveness: await check('liveness'),
    server: await check(''),
  }
}

// The adapter contract speaks HTTP/1; these are its sentences in gRPC.
describe('@lastcall/grpc keeps the adapter contract', () => {
  describe('probes', () => {
    it('answers NOT_SERVING for startup and readiness before the start, and SERVING for liveness', async () => {
      const run = await runServer({ start: false })
      expect(await probes(run)).toEqual({
        startup: 'NOT_SERVING',
        readiness: 'NOT_SERVING',
        liveness: 'SERVING',
        server: 'NOT_SERVING',
      })
      await run.lifecycle.start()
      expect(await probes(run)).toEqual({
        startup: 'SERVING',
        readiness: 'SERVING',
        liveness: 'SERVING',
        server: 'SERVING',
      })
    })

    it('answers NOT_SERVING for readiness and SERVING for liveness once draining begins', async () => {
      const run = await runServer()
      run.signal()
      expect(await probes(run)).toEqual({
        startup: 'SERVING',
        readiness: 'NOT_SERVING',
        liveness: 'SERVING',
        server: 'NOT_SERVING',
      })
    })

    it('withholds what a check says', async () => {
      const { lifecycle, health } = await runServer({ start: false })
      lifecycle.check({
        name: 'db',
        run() {
          throw new Error('password hunter2 rejected')
        },
      })
      await lifecycle.start()
      await waitUntil(() => lifecycle.probe('readiness').status === 'fail', { what: 'a failed check' })
      const client = health()
      const said = [
        await ask(client, client.check, { service: '' }),
        await ask(client, client.list, {}),
        await ask(client, client.check, { service: 'db' }).catch((error: unknown) => error),
      ]
      expect(said[0]).toEqual({ status: 'NOT_SERVING' })
      expect(JSON.stringify(said) + String(said[2])).not.toContain('hunter2')
    })

    it('leaves other services to the server', async () => {
      const { orders } = await runServer()
      const client = orders()
      expect(await ask(client, client.get, { id: '7' })).toEqual({ id: '7' })
    })
  })

  describe.each([false, true])('drain, with TLS: %s', (tls) => {
    it('finishes calls that are in flight at the signal', async () => {
      const { callAtGate, signal, open } = await runServer({ tls })
      const slow = await callAtGate('slow')
      const follow = await callAtGate('follow')
      signal()
      open()
      expect(await slow.answer).toEqual({ id: '7' })
      expect(await follow.answer).toEqual([{ id: 'first' }, { id: 'last' }])
    })

    it('serves new connections and established ones in the lame duck, and says GOAWAY', async () => {
      const { orders, signal, lifecycle } = await runServer({ tls })
      const established = orders()
      await ask(established, established.get, { id: '1' })
      expect(isConnected(established)).toBe(true)
      signal()
      const fresh = orders()
      expect(await ask(fresh, fresh.get, { id: '2' })).toEqual({ id: '2' })
      await waitUntil(() => !isConnected(fresh), { what: 'a GOAWAY on the new connection' })
      await waitUntil(() => !isConnected(established), { what: 'a GOAWAY on the established connection' })
      expect(await ask(established, established.get, { id: '3' })).toEqual({ id: '3' })
      expect(lifecycle.state).toMatchObject({ name: 'draining', phase: 'lameDuck' })
    })

    it('refuses new connections when the drain begins, and finishes what is in flight', async () => {
      const { callAtGate, orders, signal, open, lifecycle, events } = await runServer({ tls })
      const slow = await callAtGate('slow')
      const follow = await callAtGate('follow')
      signal()
      signal()
      await events.waitFor('drain:begin')
      await waitUntil(
        async () => {
          const client = orders()
          const error: unknown = await ask(client, client.get, { id: '7' }).catch((reason: unknown) => reason)
          return error instanceof Error && error.message.includes('ECONNREFUSED')
        },
        { what: 'a refused connection' },
      )
      open()
      expect(await slow.answer).toEqual({ id: '7' })
      expect(await follow.answer).toEqual([{ id: 'first' }, { id: 'last' }])
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', exitCode: 0, cut: [] })
    })

    it('closes idle connections without waiting for a timeout', async () => {
      const { orders, signal, lifecycle } = await runServer({ tls, lameDuck: false })
      const client = orders()
      await ask(client, client.get, { id: '7' })
      signal()
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
      expect(lifecycle.aborting.aborted, 'the drain reached its deadline').toBe(false)
      await waitUntil(() => !isConnected(client), { what: 'the end of the connection' })
    })

    it('cancels at the deadline what has not finished, and names it in the report', async () => {
      const { callAtGate, signal, lifecycle, events } = await runServer({ tls, lameDuck: false })
      const slow = await callAtGate('slow')
      const follow = await callAtGate('follow')
      signal()
      await events.waitFor('drain:begin')
      signal() // The second rung: what is in flight is cut now.
      await expect(slow.answer).rejects.toMatchObject({ code: status.CANCELLED })
      await expect(follow.answer).rejects.toMatchObject({ code: status.CANCELLED })
      const { outcome, exitCode, cut } = await lifecycle.shutdown()
      expect({ outcome, exitCode, cut: cut.map(({ name }) => name).sort() }).toEqual({
        outcome: 'cut',
        exitCode: 1,
        cut: ['orders.Orders/Follow', 'orders.Orders/Slow'],
      })
    })
  })

  describe('ownership', () => {
    it("drains once when the server is shut down by grpc-js's own API", async () => {
      const { server, callAtGate, open, lifecycle, events } = await runServer({ lameDuck: false })
      const { answer } = await callAtGate('slow')
      const shutdowns = [1, 2].map(
        () =>
          new Promise<void>((resolve, reject) => server.tryShutdown((error) => (error ? reject(error) : resolve()))),
      )
      await events.waitFor('drain:begin')
      open()
      expect(await answer).toEqual({ id: '7' })
      await Promise.all(shutdowns)
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
      expect(events.of('shutdown:begin')).toHaveLength(1)
      expect(events.of('drain:begin')).toHaveLength(1)
    })

    it('shares nothing between two servers of one process', async () => {
      const first = await runServer()
      const second = await runServer()
      first.signal()
      first.signal()
      expect(await first.lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
      expect(await probes(second)).toMatchObject({ readiness: 'SERVING' })
      const client = second.orders()
      expect(await ask(client, client.get, { id: '7' })).toEqual({ id: '7' })
      expect(isConnected(client)).toBe(true)
      expect(second.events.of('shutdown:begin')).toEqual([])
    })

    it('leaves no listener on the process, no timer and no socket behind', async () => {
      const before = openResources()
      const { orders, health, signal, lifecycle, process: fake } = await runServer({ lameDuck: false })
      const clients = [orders(), health()] as const
      await ask(clients[0], clients[0].get, { id: '7' })
      const watched = collect(clients[1].watch({ service: '' }))
      signal()
      await lifecycle.shutdown()
      await watched
      for (const client of clients) client.close()
      await waitUntil(() => fake.exits.length > 0, { what: 'the exit' })
      expect(fake.exits).toEqual([0])
      expect(fake.listenerCount).toBe(0)
      await waitUntil(() => openResources() <= before, { what: 'the end of every timer and socket' })
    })
  })
})

/** Timers and sockets that keep this process alive. */
function openResources(): number {
  return process.getActiveResourcesInfo().filter((name) => /Timeout|TCP/.test(name)).length
}
