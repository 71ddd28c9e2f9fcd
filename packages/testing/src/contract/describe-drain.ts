import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { waitUntil } from '../wait-until.ts'
import type { ContractFactory } from './contract-app.ts'
import { AUTHORIZED, runApp } from './run-app.ts'

/** What an adapter must do with requests and connections from the signal on. */
export function describeDrain(factory: ContractFactory): void {
  describe('drain', () => {
    it('finishes a request that is in flight at the signal, and says Connection: close', async () => {
      const { requestAtGate, signal, gate } = await runApp(factory)
      const { answer } = await requestAtGate('/slow')
      signal()
      gate.open()
      expect(await answer).toMatchObject({ status: 200, body: 'slow', headers: { connection: 'close' } })
    })

    it('serves new connections and established ones in the lame duck, and says Connection: close', async () => {
      const { connect, signal, lifecycle } = await runApp(factory)
      const established = connect()
      const before = await established.get('/', AUTHORIZED)
      expect(before.headers.connection).not.toBe('close')
      signal()
      const expected = { status: 200, body: 'hello', headers: { connection: 'close' } }
      expect(await established.get('/', AUTHORIZED)).toMatchObject({ ...expected, socket: before.socket })
      expect(await connect().get('/', AUTHORIZED)).toMatchObject(expected)
      expect(lifecycle.state).toMatchObject({ name: 'draining', phase: 'lameDuck' })
    })

    it('refuses new connections when the drain begins, and finishes what is in flight', async () => {
      const { connect, requestAtGate, signal, gate, lifecycle, events } = await runApp(factory)
      const slow = await requestAtGate('/slow')
      const stream = await requestAtGate('/stream')
      signal()
      signal()
      await events.waitFor('drain:begin')
      await waitUntil(
        () =>
          connect()
            .get('/', AUTHORIZED)
            .then(() => false, isRefused),
        { what: 'a refused connection' },
      )
      gate.open()
      expect(await slow.answer).toMatchObject({ status: 200, body: 'slow' })
      expect(await stream.answer).toMatchObject({ status: 200, body: 'first last' })
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', exitCode: 0, cut: [] })
    })

    it('closes idle keep-alive connections, and those whose last answer ended, without waiting for their timeout', async () => {
      const { connect, requestAtGate, signal, gate, lifecycle, events } = await runApp(factory, { lameDuck: false })
      const { socket } = await connect().get('/', AUTHORIZED)
      const { answer } = await requestAtGate('/stream')
      signal()
      if (!socket.closed) await once(socket, 'close')
      await events.waitFor('drain:begin')
      gate.open()
      await answer
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
      expect(lifecycle.aborting.aborted, 'the drain reached its deadline').toBe(false)
    })

    it('names in the report what did not finish by the deadline', async () => {
      const { requestAtGate, signal, lifecycle, events } = await runApp(factory, { lameDuck: false })
      const { answer } = await requestAtGate('/slow')
      signal()
      await events.waitFor('drain:begin')
      signal() // The second rung: what is in flight is cut now.
      await expect(answer).rejects.toThrow()
      const { outcome, exitCode, cut } = await lifecycle.shutdown()
      expect({ outcome, exitCode, cut: cut.map(({ name }) => name) }).toEqual({
        outcome: 'cut',
        exitCode: 1,
        cut: ['GET /slow'],
      })
    })
  })
}

function isRefused(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNREFUSED'
}
