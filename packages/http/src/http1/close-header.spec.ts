import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectRaw, get } from '../../test/raw-client.ts'
import { closeAtHead } from './close-header.ts'

/** What a client reads when `handler` answers a response that is to say close, or not. */
async function answerOf(handler: (response: ServerResponse) => void, decide = true): Promise<string> {
  const listener: RequestListener = (_, response) => {
    closeAtHead(response, () => decide)
    handler(response)
  }
  const server = createServer(listener)
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => void server.listen(0, resolve))
  const client = await connectRaw((server.address() as AddressInfo).port)
  client.send(get('/'))
  await client.saw('\r\n\r\n')
  client.socket.end()
  await client.ended()
  return client.text.toLowerCase()
}

describe('closeAtHead', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['nothing', (response) => response.end('x')],
    [
      'setHeader',
      (response) => response.setHeader('Connection', 'keep-alive').setHeader('Keep-Alive', 'timeout=9').end('x'),
    ],
    [
      'an object',
      (response) => response.writeHead(200, { connection: 'keep-alive', 'keep-alive': 'timeout=9' }).end('x'),
    ],
    ['a reason and an object', (response) => response.writeHead(200, 'Fine', { CONNECTION: 'Keep-Alive' }).end('x')],
    [
      'a flat array',
      (response) => response.writeHead(200, ['Connection', 'keep-alive', 'Keep-Alive', 'timeout=9']).end('x'),
    ],
    ['an array of pairs', (response) => response.writeHead(200, [['Connection', 'keep-alive']] as never).end('x')],
    [
      'setHeader and an object',
      (response) =>
        response.setHeader('Connection', 'keep-alive').writeHead(200, { connection: 'keep-alive' }).end('x'),
    ],
    [
      'setHeader and a flat array',
      (response) => response.setHeader('X-One', '1').writeHead(200, ['Connection', 'keep-alive']).end('x'),
    ],
    ['flushHeaders', (response) => response.setHeader('Connection', 'keep-alive').flushHeaders()],
  ])('says close once, whatever the handler said by %s', async (_, handler) => {
    const answer = await answerOf((response) => {
      handler(response)
      response.end()
    })
    expect(answer.match(/^connection: .*$/gm)).toEqual(['connection: close'])
    expect(answer).not.toContain('keep-alive')
  })

  it('keeps the other headers, repeated ones too, and the status', async () => {
    const flat = await answerOf((response) =>
      response.writeHead(201, 'Made', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Connection', 'keep-alive']).end(),
    )
    expect(flat).toContain('http/1.1 201 made\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nconnection: close')
    const object = await answerOf((response) => response.setHeader('X-One', '1').writeHead(202, { 'X-Two': '2' }).end())
    expect(object).toContain('http/1.1 202 accepted\r\nx-one: 1\r\nx-two: 2\r\nconnection: close')
  })

  it('leaves the response alone when it may not say close', async () => {
    const answer = await answerOf((response) => response.writeHead(200, { connection: 'keep-alive' }).end(), false)
    expect(answer).toContain('connection: keep-alive')
  })
})
