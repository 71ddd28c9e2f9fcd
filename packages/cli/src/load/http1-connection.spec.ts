import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Socket } from 'node:net'
import { localhostCertificate, waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test/serve.ts'
import { type Http1Connection, openHttp1Connection } from './http1-connection.ts'
import type { ConnectionRecord } from './request-record.ts'

const closed: ConnectionRecord[] = []

function open(url: string): Http1Connection {
  return openHttp1Connection({
    ...{ id: 7, endpoint: 'one', url: new URL(url), client: 'keepAlive' },
    onClosed: (record) => void closed.push(record),
  })
}

const get = (socket: Socket): void => void socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')

/** A server that does with each request what the test says. */
const servedBy = (answer: (socket: Socket) => void) =>
  serve(createServer((socket) => socket.on('error', () => {}).on('data', () => answer(socket))))

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

describe('openHttp1Connection', () => {
  it('carries one request after another', async () => {
    await using server = await servedBy((socket) => socket.write(ok))
    const connection = open(server.url)
    expect(await connection.send(get, 5000)).toMatchObject({ complete: true, status: 200, reused: false, close: false })
    expect(connection.idle).toBe(true)
    expect(await connection.send(get, 5000)).toMatchObject({ complete: true, reused: true })
    expect(server.sockets).toHaveLength(1)
    connection.close()
    await waitUntil(() => closed.some(({ closedBy }) => closedBy === 'client'))
  })

  it('closes when the server says so', async () => {
    await using server = await servedBy((socket) => socket.write(ok.replace('Content', 'Connection: close\r\nContent')))
    const connection = open(server.url)
    expect(await connection.send(get, 5000)).toMatchObject({ complete: true, close: true })
    expect([connection.idle, connection.ended]).toEqual([false, true])
  })

  it('tells a connection that ends before the answer, in the middle of it, and at its end', async () => {
    const answers: ((socket: Socket) => void)[] = [
      (socket) => socket.destroy(),
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel', () => socket.destroy()),
      (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello'),
    ]
    await using server = await servedBy((socket) => answers.shift()?.(socket))
    expect(await open(server.url).send(get, 5000)).toMatchObject({ complete: false, begun: false })
    expect(await open(server.url).send(get, 5000)).toMatchObject({ complete: false, begun: true, status: 200 })
    expect(await open(server.url).send(get, 5000)).toMatchObject({ complete: true, status: 200 })
  })

  it('tells a reset, a refusal and what is no HTTP', async () => {
    const answers = [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.write('220 mail\r\n\r\n')]
    const server = await servedBy((socket) => answers.shift()?.(socket))
    expect(await open(server.url).send(get, 5000)).toMatchObject({ error: 'ECONNRESET' })
    expect(await open(server.url).send(get, 5000)).toMatchObject({ error: 'it does not answer with HTTP/1' })
    await server.stop()
    const before = closed.length
    expect(await open(server.url).send(get, 5000)).toMatchObject({ error: 'ECONNREFUSED', begun: false })
    expect(closed).toHaveLength(before)
  })

  it('gives up what is not answered in time', async () => {
    await using server = await servedBy(() => {})
    const connection = open(server.url)
    expect(await connection.send(get, 20)).toMatchObject({ complete: false, timedOut: true })
    expect(connection.ended).toBe(true)
  })

  it('is not used again when the server has ended it', async () => {
    await using server = await servedBy((socket) => socket.write(ok))
    const connection = open(server.url)
    await connection.send(get, 5000)
    server.sockets[0]?.end()
    await waitUntil(() => connection.ended)
    expect(connection.idle).toBe(false)
    await waitUntil(() => closed.at(-1)?.closedBy === 'server')
  })

  it('speaks TLS', async () => {
    const https = createHttpsServer(localhostCertificate, (_request, response) => response.end('ok'))
    await using server = await serve(https)
    const connection = open(server.url.replace('http:', 'https:'))
    expect(await connection.send(get, 5000)).toMatchObject({ complete: true, status: 200 })
    connection.close()
  })
})
