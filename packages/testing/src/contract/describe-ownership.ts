import { describe, expect, it } from 'vitest'
import { waitUntil } from '../wait-until.ts'
import type { ContractFactory } from './contract-app.ts'
import { AUTHORIZED, runApp } from './run-app.ts'

/** What an adapter must not share, and not leave behind. */
export function describeOwnership(factory: ContractFactory): void {
  describe('ownership', () => {
    it("drains once when the app is closed by the framework's own API", async ({ skip }) => {
      const { app, requestAtGate, gate, lifecycle, events } = await runApp(factory, { lameDuck: false })
      const { close } = app
      if (!close) return skip('the framework has no close of its own')
      const { answer } = await requestAtGate('/slow')
      const closed = close()
      await events.waitFor('drain:begin', undefined, { timeoutMs: 5000 })
      gate.open()
      expect(await answer).toMatchObject({ status: 200, body: 'slow' })
      await closed
      await close().catch(() => {}) // Some frameworks reject a second close; it must only not drain again.
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
      expect(events.of('shutdown:begin')).toHaveLength(1)
      expect(events.of('drain:begin')).toHaveLength(1)
    })

    it('shares nothing between two apps of one process', async () => {
      const first = await runApp(factory)
      const second = await runApp(factory)
      first.signal()
      first.signal()
      expect(await first.lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
      const client = second.connect()
      expect((await client.get('/readyz')).status).toBe(200)
      const answer = await client.get('/', AUTHORIZED)
      expect(answer.status).toBe(200)
      expect(answer.headers.connection).not.toBe('close')
      expect(second.events.of('shutdown:begin')).toEqual([])
    })

    it('leaves no listener on the process and no timer behind', async () => {
      const before = listenersOfProcess()
      const resources = openResources()
      const { connect, signal, lifecycle, process, clock } = await runApp(factory, { lameDuck: false })
      await connect().get('/', AUTHORIZED)
      signal()
      await lifecycle.shutdown()
      await waitUntil(() => process.exits.length > 0, { what: 'the exit' })
      expect(process.exits).toEqual([0])
      expect(process.listenerCount).toBe(0)
      expect(clock.pending).toBe(0)
      expect(listenersOfProcess()).toEqual(before)
      await waitUntil(() => openResources() <= resources, { what: 'the end of every timer and socket' })
    })
  })
}

function listenersOfProcess(): Record<string, number> {
  return Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]))
}

/** Timers and sockets that keep this process alive. */
function openResources(): number {
  return process.getActiveResourcesInfo().filter((name) => /Timeout|TCP/.test(name)).length
}
