import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startRelay } from './relay.ts'

describe('startRelay', () => {
  it('passes on what either side says, and the end of either side', async () => {
    const server = createServer((socket) => void socket.on('data', (data) => socket.end(`${data}!`)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await using relay = await startRelay({ host: '127.0.0.1', to: (server.address() as AddressInfo).port })
    const socket = connect(relay.port, '127.0.0.1').setEncoding('utf8')
    socket.write('hello')
    expect((await socket.toArray()).join('')).toBe('hello!')
    server.close()
  })

  it('ends a connection that nobody takes', async () => {
    await using relay = await startRelay({ host: '127.0.0.1', to: 1 })
    const socket = connect(relay.port, '127.0.0.1')
    socket.on('error', () => {}) // Reset or ended: both will do.
    await once(socket, 'close')
  })
})
