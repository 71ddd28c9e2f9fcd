import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, waitUntil } from '@lastcall/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import dns from 'node:dns'
import { once } from 'node:events'
import { type ClientHttp2Session, connect as connectHttp2, type ClientHttp2Stream } from 'node:http2'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { localhostCertificate } from '@lastcall/testing'
import { createClient } from '../test/fixtures/create-client.ts'
import { lastcall } from './index.ts'
import { serversOf } from './servers-of.ts'

afterEach(() => vi.restoreAllMocks())

/** Adds a route `/slow` that answers when it is let. */
function addSlow(app: Pick<FastifyInstance, 'get'>) {
  const begun = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  app.get('/slow', async () => {
    begun.resolve()
    await answer.promise
    return 'done'
  })
  return { begun: begun.promise, release: answer.resolve }
}

describe('serversOf', () => {
  it('finds every server that Fastify binds for localhost, and all of them are drained', async () => {
    // What a machine with 127.0.0.1 and ::1 says, on one that may have no IPv6.
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ]
    const lookup = dns.lookup as unknown as (...args: unknown[]) => void
    vi.spyOn(dns, 'lookup').mockImplementation(((
      host: string,
      options: { all?: boolean },
      callback: (...args: unknown[]) => void,
    ) => {
      if (host !== 'localhost') return lookup(host, options, callback)
      return options.all ? callback(null, addresses) : callback(null, '127.0.0.1', 4)
    }) as never)
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const app = Fastify()
    await app.register(lastcall, { lifecycle })
    const slow = addSlow(app)
    await lifecycle.start()
    await app.listen({ port: 0 })
    vi.restoreAllMocks()
    expect(serversOf(app)).toHaveLength(2)
    const second = app.listeningOrigin.replace('127.0.0.1', '127.0.0.2')
    const client = createClient()
    expect((await client.get(`${second}/readyz`)).status).toBe(200)
    const got = client.get(`${second}/slow`)
    await slow.begun

    const ended = lifecycle.shutdown()
    await waitUntil(() => serversOf(app).every(({ listening }) => !listening))
    expect(lifecycle.inFlight()).toMatchObject([{ name: 'GET /slow' }])
    slow.release()

    expect(await got).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(await ended).toMatchObject({ outcome: 'clean', inFlight: [{ name: 'GET /slow' }] })
  })
})

describe('lastcall with HTTP/2 and HTTPS', () => {
  it.each([
    ['http2 without TLS', () => Fastify({ http2: true }) as unknown as FastifyInstance],
    ['http2 over TLS', () => Fastify({ http2: true, https: localhostCertificate }) as unknown as FastifyInstance],
  ])('answers probes on %s, says GOAWAY and finishes open streams', async (_, make) => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const app = make()
    await app.register(lastcall, { lifecycle })
    const slow = addSlow(app)
    await lifecycle.start()
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const session = connectHttp2(url, { ca: localhostCertificate.cert, servername: 'localhost' })
    expect(await get(session, '/readyz')).toMatchObject({ status: 200 })
    const got = get(session, '/slow')
    await slow.begun

    const goaway = once(session, 'goaway')
    const closed = app.close()
    const sessionClosed = once(session, 'close')
    await goaway
    slow.release()

    expect(await got).toEqual({ status: 200, body: 'done' })
    await Promise.all([closed, sessionClosed])
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('finishes what is in flight on https', async () => {
    const app = Fastify({ https: localhostCertificate }) as unknown as FastifyInstance
    await app.register(lastcall, { process: createFakeProcess() })
    const slow = addSlow(app)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const got = createClient({ ca: localhostCertificate.cert }).get(`${url}/slow`)
    await slow.begun

    const closed = app.close()
    slow.release()

    expect(await got).toMatchObject({ status: 200, headers: { connection: 'close' } })
    await closed
  })
})

async function get(session: ClientHttp2Session, path: string) {
  const stream: ClientHttp2Stream = session.request({ ':path': path })
  const [headers] = await once(stream, 'response')
  return { status: headers[':status'], body: await text(stream) }
}
