import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createLiveStreams, type LiveStreams } from './live-streams.ts'

describe('createLiveStreams', () => {
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  })

  async function serve(streams: LiveStreams): Promise<string> {
    const server = createServer((_request, response) => void streams.open(response))
    servers.push(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  it('sends each message to everyone, and ends after the last', async () => {
    const streams = createLiveStreams()
    const url = await serve(streams)
    const responses = [fetch(url), fetch(url)]
    // The head of a stream comes with its first message.
    await expect.poll(() => streams.count).toBe(2)
    streams.send('end', { outcome: 'clean' } as never)
    streams.end()
    for (const response of await Promise.all(responses)) {
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      expect(await response.text()).toBe('event: end\ndata: {"outcome":"clean"}\n\n')
    }
    expect(streams.count).toBe(0)
  })

  it('answers 503 to more than it may have, and has room again when one has gone', async () => {
    const streams = createLiveStreams({ max: 1 })
    const url = await serve(streams)
    const leaving = new AbortController()
    const first = fetch(url, { signal: leaving.signal })
    first.catch(() => undefined)
    await expect.poll(() => streams.count).toBe(1)
    expect((await fetch(url)).status).toBe(503)
    leaving.abort()
    await expect.poll(() => streams.count).toBe(0)
  })
})
