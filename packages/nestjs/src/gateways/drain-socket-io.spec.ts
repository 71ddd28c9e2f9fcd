import { waitUntil } from '@lastcall/testing'
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import { makeApp } from '../../test/fixtures/make-app.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect()
})

describe.each(['websocket', 'polling'])("drainGateways with socket.io, Nest's default, over %s", (transport) => {
  it('finishes messages in flight, then has the client leave so that it connects again', async () => {
    const gate = Promise.withResolvers<void>()
    const log: string[] = []
    @WebSocketGateway()
    class Chat {
      @SubscribeMessage('slow')
      async slow(@MessageBody() data: string) {
        log.push('slow begins')
        await gate.promise
        return `got ${data}`
      }
    }
    const { app, lifecycle, listen } = await makeApp({ providers: [Chat] })
    const socket = io(await listen(), { transports: [transport], reconnectionDelay: 60_000 })
    sockets.push(socket)
    const disconnected = new Promise((resolve) => socket.on('disconnect', resolve))
    const answer = socket.emitWithAck('slow', 'a')
    await waitUntil(() => log.includes('slow begins'))

    const closed = app.close()
    await waitUntil(() => lifecycle.state.name === 'draining' && lifecycle.state.phase === 'drain')
    expect(socket.connected).toBe(true)
    gate.resolve()

    expect(await answer).toBe('got a')
    await disconnected
    expect(socket.active).toBe(true)
    await closed
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })
})
