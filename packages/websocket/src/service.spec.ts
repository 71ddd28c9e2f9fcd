import { spawnService, waitUntil } from '@lastcall/testing'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { io as connect } from 'socket.io-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openWebSocket } from '../test/fixtures/web-socket-client.ts'

const fixture = fileURLToPath(new URL('../test/fixtures/service.ts', import.meta.url))
const CLIENTS = [1, 2, 3, 4, 5]

describe('a service with connections that last', () => {
  it('closes every one of them well on SIGTERM, and exits 0', async () => {
    await using service = await spawnService({ args: ['--conditions=@lastcall/source', fixture] })
    const webSockets = await Promise.all(CLIENTS.map(() => openWebSocket(`${service.url.slice(7)}/chat`)))
    const disconnects: string[] = []
    for (const client of CLIENTS) {
      const socket = connect(service.url, { forceNew: true, ...(client % 2 && { transports: ['websocket'] }) })
      onTestFinished(() => void socket.close())
      socket.once('disconnect', (reason) => disconnects.push(reason))
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
    }
    const [events] = (await once(get(`${service.url}/events`), 'response')) as [IncomingMessage]
    const streamed = text(events)

    service.signal('SIGTERM')

    for (const { closed } of webSockets) expect(await closed).toEqual({ code: 1012, reason: 'service restart' })
    await waitUntil(() => disconnects.length === CLIENTS.length)
    expect(disconnects).toEqual(CLIENTS.map(() => 'transport close'))
    expect(await streamed).toMatch(/^retry: \d+\n\n$/)
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
    expect(service.stdout).toMatch(/on SIGTERM .*clean, exit 0/)
  })
})
