import { createLifecycle, type Lifecycle } from '@lastcall/core'
import { createFakeProcess, recordEvents, waitUntil } from '@lastcall/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { createClient } from '../test/fixtures/create-client.ts'
import { makeApp, slowBegun } from '../test/fixtures/make-app.ts'
import { lastcall } from './index.ts'

const IN_ORDER = ['slow begins', 'slow ends', 'preClose', 'onClose of a child', 'onClose', 'db stops']

describe('joinClose', () => {
  it('closes Fastify once on a signal: after what is in flight, before the components', async () => {
    const { app, lifecycle, process, log, url, release } = await makeApp()
    const client = createClient()
    const slow = client.get(`${url}/slow`)
    await slowBegun(log)

    process.kill('SIGTERM')
    release()

    expect(await slow).toMatchObject({ status: 200, body: 'done', headers: { connection: 'close' } })
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', reason: { text: 'SIGTERM' } })
    expect(log).toEqual(IN_ORDER)
    await waitUntil(() => process.exits.length > 0)
    expect(process.exits).toEqual([0])
    await app.close()
    expect(log).toEqual(IN_ORDER)
  })

  it('shuts the lifecycle down once on close(): drained first, and all of it over when close() resolves', async () => {
    const { app, lifecycle, process, log, url, release } = await makeApp()
    const slow = createClient().get(`${url}/slow`)
    await slowBegun(log)

    const closed = Promise.all([app.close(), app.close(), lifecycle.shutdown('something else')])
    expect(log).toEqual(['slow begins'])
    release()

    expect((await slow).status).toBe(200)
    const [, , report] = await closed
    expect(report).toMatchObject({ outcome: 'clean', reason: { kind: 'manual', text: 'app.close()' } })
    expect(log).toEqual(IN_ORDER)
    expect(lifecycle.state.name).toBe('stopped')
    expect(process.listenerCount).toBe(0)
    await app.close()
    expect(log).toEqual(IN_ORDER)
  })

  it('answers 200 and not 503 as long as it serves, and says Connection: close', async () => {
    const { app, lifecycle, process, log, url, release } = await makeApp({
      ...{ gracePeriodMs: 600_000, lameDuck: { minMs: 300_000 } },
    })
    const client = createClient()
    const slow = client.get(`${url}/slow`)
    await client.get(`${url}/quick`)
    await slowBegun(log)

    process.kill('SIGTERM')

    // One on the connection that was kept alive, one on a new connection.
    for (const { get } of [client, createClient()]) {
      expect(await get(`${url}/quick`)).toMatchObject({ status: 200, headers: { connection: 'close' } })
    }
    expect((await client.get(`${url}/readyz`)).status).toBe(503)
    expect((await client.get(`${url}/livez`)).status).toBe(200)
    expect((await app.inject('/quick')).statusCode).toBe(200)
    expect(lifecycle.state).toMatchObject({ phase: 'lameDuck' })

    process.kill('SIGTERM')
    release()
    expect((await slow).status).toBe(200)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
  })

  it('waits for no connection that idles: not for its 72 s keep-alive, nor for one that never sent a byte', async () => {
    const { app, log, url, release } = await makeApp()
    const client = createClient()
    await client.get(`${url}/quick`)
    const slow = client.get(`${url}/slow`)
    const silent = connect(Number(new URL(url).port), '127.0.0.1')
    await once(silent, 'connect')
    await slowBegun(log)

    const closed = app.close()
    const silentClosed = once(silent.resume(), 'close')
    release()

    await slow
    await silentClosed
    await closed
    await waitUntil(() => Object.keys(client.agent.freeSockets).length === 0)
  })

  it('waits for a hijacked reply, such as an event stream, until its owner ends it', async () => {
    const app = Fastify()
    await app.register(lastcall, { process: createFakeProcess() })
    app.get('/events', (_, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: hello\n\n')
      app.lifecycle.draining.addEventListener('abort', () => reply.raw.end('retry: 1000\n\n'))
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const events = createClient().get(`${url}/events`)
    await waitUntil(() => app.lifecycle.inFlight().length > 0)

    await app.close()

    expect(await events).toMatchObject({ status: 200, body: 'data: hello\n\nretry: 1000\n\n' })
    expect(app.lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('cuts what is in flight at the deadline, and closes Fastify all the same', async () => {
    const { lifecycle, log, url } = await makeApp({ drainTimeoutMs: 50 })
    const slow = createClient().get(`${url}/slow`)
    const failed = expect(slow).rejects.toMatchObject({ code: 'ECONNRESET' })
    await slowBegun(log)

    const report = await lifecycle.shutdown()

    await failed
    expect(report).toMatchObject({ outcome: 'cut', cut: [{ name: 'GET /slow' }] })
    expect(log).toEqual(['slow begins', 'preClose', 'onClose of a child', 'onClose', 'db stops'])
  })

  it('rejects close() with what an onClose hook threw, as Fastify does, and goes on', async () => {
    const { app, lifecycle, log } = await makeApp()
    const process = createFakeProcess()
    const broken = Fastify()
    await broken.register(lastcall, { process })
    broken.addHook('onClose', async () => {
      throw new Error('broken hook')
    })

    await expect(broken.close()).rejects.toThrow('broken hook')
    expect(broken.lifecycle.state).toEqual({ name: 'stopped', outcome: 'failed' })
    await app.close()
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    expect(log).toContain('db stops')
  })

  it('gives up an onClose hook that hangs, and names Fastify in the report', async () => {
    const app = Fastify()
    await app.register(lastcall, { process: createFakeProcess(), closeTimeoutMs: 50 })
    const { lifecycle } = app
    app.addHook('onClose', () => new Promise(() => {}))

    await expect(app.close()).rejects.toMatchObject({ code: 'LASTCALL_TIMEOUT' })
    const { hooks } = await lifecycle.shutdown()
    expect(hooks).toMatchObject([{ name: 'fastify', phase: 'close', outcome: 'abandoned' }])
  })
})

describe('close()', () => {
  it.each([
    ['before listen', async (app: FastifyInstance) => void (await app.ready())],
    ['before ready', async () => {}],
    ['while it gets ready', async (app: FastifyInstance) => void app.ready()],
  ])('closes an app %s', async (_, prepare) => {
    const process = createFakeProcess()
    const app = Fastify()
    const onClose = vi.fn(async () => {})
    app.addHook('onClose', onClose)
    await app.register(lastcall, { process })
    await prepare(app)

    await app.close()

    expect(onClose).toHaveBeenCalledOnce()
    expect(app.lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    expect(process.listenerCount).toBe(0)
  })

  it('stops the lifecycle too when it is called before the plugin was loaded', async () => {
    const process = createFakeProcess()
    const app = Fastify()
    const onClose = vi.fn(async () => {})
    app.addHook('onClose', onClose)
    void app.register(lastcall, { process })

    await app.close()

    expect(onClose).toHaveBeenCalledOnce()
    expect(app.lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    expect(process.listenerCount).toBe(0)
  })

  it('closes an app that another plugin kept from getting ready', async () => {
    const app = Fastify()
    await app.register(lastcall, { process: createFakeProcess() })
    void app.register(async () => {
      throw new Error('no database')
    })
    await expect(app.ready()).rejects.toThrow('no database')

    await app.close()

    expect(app.lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('takes a callback, and closes what `await using` or the signal of listen() disposes of', async () => {
    const { app, lifecycle } = await makeApp()
    await new Promise<void>((resolve) => app.close(resolve))
    expect(lifecycle.state.name).toBe('stopped')

    let disposed: Lifecycle
    {
      await using scoped = (await makeApp()).app
      disposed = scoped.lifecycle
    }
    expect(disposed.state.name).toBe('stopped')

    const controller = new AbortController()
    const aborted = Fastify()
    await aborted.register(lastcall, { process: createFakeProcess() })
    await aborted.listen({ port: 0, signal: controller.signal })
    controller.abort()
    await waitUntil(() => aborted.lifecycle.state.name === 'stopped')
    expect(aborted.server.listening).toBe(false)
  })

  it('drains as well when the plugin was registered on an encapsulated instance', async () => {
    const app = Fastify()
    let lifecycle: Lifecycle | undefined
    await app.register(async (child) => {
      await child.register(lastcall, { process: createFakeProcess() })
      lifecycle = child.lifecycle
    })
    app.get('/slow', async () => {
      await once(lifecycle?.draining as AbortSignal, 'abort')
      return 'done'
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const slow = createClient().get(`${url}/slow`)
    await waitUntil(() => lifecycle?.inFlight().length === 1)

    await app.close()

    expect(await slow).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(lifecycle?.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('leaves the process running, unless that is told to end meanwhile', async () => {
    const alone = await makeApp()
    await alone.app.close()

    const told = await makeApp()
    const hold = told.lifecycle.hold('a job')
    const closed = told.app.close()
    told.process.kill('SIGTERM')
    hold.release()
    await closed
    await waitUntil(() => told.process.exits.length > 0)

    expect(told.process.exits).toEqual([0])
    expect(alone.process.exits).toEqual([])
  })

  it('closes every app of a lifecycle that several share', async () => {
    const process = createFakeProcess()
    const lifecycle = createLifecycle({ process })
    const closed: string[] = []
    const apps = await Promise.all(
      ['public', 'admin'].map(async (name) => {
        const app = Fastify()
        await app.register(lastcall, { lifecycle })
        app.addHook('onClose', async () => void closed.push(name))
        await app.listen({ port: 0, host: '127.0.0.1' })
        return app
      }),
    )
    await lifecycle.start()
    const events = recordEvents(lifecycle)

    await apps[0]?.close()
    await apps[1]?.close()

    expect(closed.toSorted()).toEqual(['admin', 'public'])
    expect(events.of('shutdown:end')).toHaveLength(1)
    expect(apps.some(({ server }) => server.listening)).toBe(false)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })
})
