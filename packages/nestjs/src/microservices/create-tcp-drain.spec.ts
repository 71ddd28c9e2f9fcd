import { createLifecycle } from '@lastcall/core'
import { createFakeClock, createFakeProcess, localhostCertificate, waitUntil } from '@lastcall/testing'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { createMessages } from './create-messages.ts'
import { createTcpDrain } from './create-tcp-drain.ts'

describe('createTcpDrain', () => {
  const ends: (() => void)[] = []
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })

  async function listen(server: Server = createServer()) {
    const clock = createFakeClock()
    const lifecycle = createLifecycle({
      ...{ clock, process: createFakeProcess(), gracePeriodMs: 60_000, drainTimeoutMs: 10_000 },
    })
    const messages = createMessages(clock)
    const sockets: Socket[] = []
    server.on(server.listenerCount('secureConnection') > 0 ? 'secureConnection' : 'connection', (socket: Socket) => {
      sockets.push(socket.resume())
    })
    const drain = createTcpDrain(lifecycle, server, messages)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    ends.push(() => {
      drain.abort()
      server.close()
      lifecycle.dispose()
    })
    return { ...drain, clock, messages, server, sockets, port }
  }

  async function connectTo({ port, sockets }: { port: number; sockets: Socket[] }, allowHalfOpen = false) {
    const known = sockets.length
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen }).resume()
    ends.push(() => client.destroy())
    await waitUntil(() => sockets.length > known)
    return client
  }

  it('is over at once where nothing is connected', async () => {
    const tcp = await listen()
    await tcp.drain()
    expect(tcp.server.listening).toBe(false)
  })

  it('leaves time for the next message, then closes what is quiet', async () => {
    const tcp = await listen()
    const client = await connectTo(tcp)
    const ended = once(client, 'end')
    const drained = tcp.drain()

    await tcp.clock.advance(75)
    client.write('one more')
    await waitUntil(() => tcp.sockets[0]?.bytesRead === 8)
    await tcp.clock.advance(75)
    expect(tcp.sockets[0]?.writableEnded).toBe(false)
    await tcp.clock.advance(100)

    await ended
    await drained
  })

  it('leaves a connection open as long as a message of it is handled', async () => {
    const tcp = await listen()
    await connectTo(tcp)
    const answer = Promise.withResolvers<void>()
    const context = { getSocketRef: () => ({ netSocket: tcp.sockets[0] }) }
    const answered = tcp.messages.count('slow', () => answer.promise)('', context)
    const drained = tcp.drain()

    await tcp.clock.advance(9000)
    expect(tcp.sockets[0]?.writableEnded).toBe(false)
    answer.resolve()
    await answered
    await tcp.clock.advance(100)

    await drained
  })

  it('closes a connection that is never quiet when half of the time is over', async () => {
    const tcp = await listen()
    const client = await connectTo(tcp)
    const drained = tcp.drain()
    for (let sent = 1; sent <= 100; sent++) {
      expect(tcp.sockets[0]?.writableEnded).toBe(false)
      client.write('x')
      await waitUntil(() => tcp.sockets[0]?.bytesRead === sent)
      await tcp.clock.advance(50)
    }
    await drained
  })

  it('destroys the connection of a client that does not close its side', async () => {
    const tcp = await listen()
    const ended = once(await connectTo(tcp, true), 'end')
    const drained = tcp.drain()
    await tcp.clock.advance(100)
    await ended
    await tcp.clock.advance(475)
    expect(tcp.sockets[0]?.destroyed).toBe(false)

    await tcp.clock.advance(25)

    await drained
  })

  it('destroys what is left when it is aborted', async () => {
    const tcp = await listen()
    await connectTo(tcp, true)
    const drained = tcp.drain()
    tcp.abort()
    await drained
  })

  it('knows the connections of a TLS server as those that carry the messages', async () => {
    const server = createTlsServer(localhostCertificate, () => {})
    const tcp = await listen(server)
    const client = connectTls({ port: tcp.port, host: '127.0.0.1', rejectUnauthorized: false }).resume()
    ends.push(() => client.destroy())
    await waitUntil(() => tcp.sockets.length > 0)
    const context = { getSocketRef: () => ({ netSocket: tcp.sockets[0] }) }
    const answer = Promise.withResolvers<void>()
    const answered = tcp.messages.count('slow', () => answer.promise)('', context)
    const drained = tcp.drain()

    await tcp.clock.advance(1000)
    expect(tcp.sockets[0]?.writableEnded).toBe(false)
    answer.resolve()
    await answered
    await tcp.clock.advance(100)

    await drained
  })
})
