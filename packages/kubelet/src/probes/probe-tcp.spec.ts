import type { Clock } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { serveTcp } from '../../test/serve.ts'
import { runProbe } from './run-probe.ts'

describe('probeTcp', () => {
  it('succeeds when the connection opens, though the server says nothing, and closes it', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await serveTcp((socket) => socket.on('close', () => closed.resolve()).resume())
    const handler = { type: 'tcpSocket', port: server.port } as const
    expect(await runProbe(handler, {}, { timeoutMs: 30_000 })).toEqual({ outcome: 'success', message: '' })
    await closed.promise
  })

  it('fails when nothing listens', async () => {
    const { port, [Symbol.asyncDispose]: close } = await serveTcp()
    await close()
    const handler = { type: 'tcpSocket', port: 80 } as const
    expect(await runProbe(handler, { ports: { 80: port } }, { timeoutMs: 30_000 })).toEqual({
      outcome: 'failure',
      message: `dial tcp 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
    })
  })

  it('fails when the time is over', async () => {
    await using server = await serveTcp()
    // A microtask comes before whatever the network has to say.
    const clock: Clock = { now: () => 0, setTimeout: queueMicrotask, clearTimeout: () => undefined }
    const handler = { type: 'tcpSocket', port: server.port } as const
    expect(await runProbe(handler, {}, { timeoutMs: 1000, clock })).toEqual({
      outcome: 'failure',
      message: `dial tcp 127.0.0.1:${server.port}: no answer within 1000 ms`,
    })
  })
})
