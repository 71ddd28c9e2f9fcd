import type { ProbeAnswer, ProbeRequest } from '@lastcall/core'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createProbeServer } from './create-probe-server.ts'

const OK: ProbeAnswer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }

async function serve(answer: (request: ProbeRequest) => ProbeAnswer | undefined): Promise<AddressInfo> {
  const server = createProbeServer(answer).listen(0)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return server.address() as AddressInfo
}

/** Everything that comes back for `bytes`, until the server ends the connection. */
async function exchange({ port }: AddressInfo, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

describe('createProbeServer', () => {
  it('translates request and answer', async () => {
    const requests: ProbeRequest[] = []
    const address = await serve((request) => {
      requests.push(request)
      return OK
    })
    const raw = await exchange(address, 'GET /livez?verbose HTTP/1.1\r\nHost: a\r\nAccept: text/plain\r\n\r\n')
    expect(requests).toEqual([{ method: 'GET', url: '/livez?verbose', headers: { host: 'a', accept: 'text/plain' } }])
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(raw).toMatch(/\r\ncontent-type: text\/plain\r\n/i)
    expect(raw).toMatch(/\r\ncontent-length: 2\r\n/i)
    expect(raw).toMatch(/\r\n\r\nok$/)
  })

  it('answers one request per connection, then closes it', async () => {
    const address = await serve(() => OK)
    const request = 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n'
    const raw = await exchange(address, request + request)
    expect(raw).toMatch(/\r\nconnection: close\r\n/i)
    expect(raw.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('sends no body to HEAD', async () => {
    const address = await serve(() => ({ ...OK, body: '' }))
    expect(await exchange(address, 'HEAD /livez HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/200 OK[^]*\r\n\r\n$/)
  })

  it('answers 404 to what is no probe', async () => {
    const address = await serve(() => undefined)
    const raw = await exchange(address, 'GET /orders HTTP/1.1\r\nHost: a\r\n\r\n')
    expect(raw).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[^]*no such probe\n$/)
  })

  it('refuses headers that no prober sends', async () => {
    const address = await serve(() => OK)
    const raw = await exchange(address, `GET /livez HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(10_000)}\r\n\r\n`)
    expect(raw).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('gives up on a client that does not finish its request', async () => {
    const address = await serve(() => OK)
    expect(await exchange(address, 'GET /livez HTTP/1.1\r\nHost: a\r\n')).toMatch(/^HTTP\/1\.1 408 /)
  })
})
