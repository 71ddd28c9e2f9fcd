import { createServer as createHttp2Server } from 'node:http2'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test/serve.ts'
import { askStatus, isHealthy } from './ask-status.ts'
import { watchProbe } from './probe-watch.ts'
import { speaksHttp2 } from './speaks-http2.ts'
import { isListening, watchListener } from './watch-listener.ts'

describe('watchProbe', () => {
  it('tells the first answer, each that turns, and nothing when there is no answer', async () => {
    let status = 200
    let asked = 0
    await using server = await serve((_request, response) => (asked++, response.writeHead(status).end()))
    const told: number[] = []
    const watch = watchProbe(new URL('/readyz', server.url), 5, (change) => void told.push(change.status))
    const become = async (next: number, count: number) => {
      const before = asked
      status = next
      await waitUntil(() => asked > before + 2 && told.length === count)
    }
    await become(200, 1)
    await become(503, 2)
    await become(500, 2)
    await become(204, 3)
    await server.stop()
    watch.stop()
    expect(told).toEqual([200, 503, 204])
    expect(watch.changes.map(({ healthy }) => healthy)).toEqual([true, false, true])
  })
})

describe('askStatus', () => {
  it('gives the status, or undefined where there is no answer in time', async () => {
    await using server = await serve(({ url }, response) => void (url === '/hang' || response.writeHead(404).end()))
    expect(await askStatus(new URL(server.url))).toBe(404)
    expect(await askStatus(new URL('/hang', server.url), 30)).toBeUndefined()
    await server.stop()
    expect(await askStatus(new URL(server.url))).toBeUndefined()
  })
})

describe('isHealthy', () => {
  it('reads a status as the kubelet does', () => {
    expect([199, 200, 302, 399, 400, 503].map(isHealthy)).toEqual([false, true, true, true, false, false])
  })
})

describe('speaksHttp2', () => {
  it('tells servers that speak it from those that do not, and from none', async () => {
    await using http2 = await serve(createHttp2Server())
    await using http1 = await serve((_request, response) => response.end())
    expect(await speaksHttp2(new URL(http2.url))).toBe(true)
    expect(await speaksHttp2(new URL(http1.url))).toBe(false)
    await http1.stop()
    expect(await speaksHttp2(new URL(http1.url))).toBe(false)
  })
})

describe.skipIf(process.platform !== 'linux')('watchListener', () => {
  it('tells when nothing listens on the port any more', async () => {
    const server = await serve((_request, response) => response.end())
    const closed = Promise.withResolvers<number>()
    watchListener(server.port, () => true, closed.resolve)
    expect(isListening(server.port)).toBe(true)
    await server.stop()
    await closed.promise
    expect(isListening(server.port)).toBe(false)
  })

  it('tells nothing where the process has ended', async () => {
    const server = await serve((_request, response) => response.end())
    const asked = Promise.withResolvers<void>()
    let told = false
    watchListener(
      server.port,
      () => (asked.resolve(), false),
      () => (told = true),
    )
    await server.stop()
    await asked.promise
    expect(told).toBe(false)
  })
})
