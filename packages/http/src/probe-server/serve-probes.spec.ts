import { createLifecycle, type Lifecycle, type LifecycleEvent } from '@lastcall/core'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ServeProbesOptions } from './probe-options.ts'
import { type ProbeServer, serveProbes } from './serve-probes.ts'

// What strips the thread's sources of their types is WebAssembly, and Node has crashed here, where many threads of a
// process begin and end in it (nodejs/node#64500 may be the same). The first thread leaves it done for the others.
const compileCache = mkdtempSync(join(tmpdir(), 'lastcall-probes-'))
beforeAll(() => void vi.stubEnv('NODE_COMPILE_CACHE', compileCache))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(compileCache, { recursive: true })
})

async function setUp(options: ServeProbesOptions = {}, lifecycle = createLifecycle({ signals: false, exit: false })) {
  const probes = await serveProbes(lifecycle, { port: 0, ...options })
  onTestFinished(async () => {
    await probes.close()
    lifecycle.dispose()
  })
  return { lifecycle, probes, ask: (path: string) => ask(probes.address.port, path) }
}

/** Not by `fetch`, which runs WebAssembly. */
async function ask(port: number, path: string) {
  const request = get({ host: '127.0.0.1', port, path, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return { status: response.statusCode, body: await text(response) }
}

/** The thread takes in what it is sent a moment later. */
async function eventually(assertion: () => Promise<void>): Promise<void> {
  await expect
    .poll(async () => assertion().then(() => 'as wanted', String), { timeout: 10_000, interval: 10 })
    .toBe('as wanted')
}

/** Resolves when nothing listens there any more. */
async function refused({ address: { port } }: ProbeServer): Promise<void> {
  await eventually(async () => {
    const socket = connect(port, '127.0.0.1')
    const code = await once(socket, 'connect').then(
      () => 'connected',
      (error: NodeJS.ErrnoException) => error.code,
    )
    socket.destroy()
    expect(code).toBe('ECONNREFUSED')
  })
}

function nextEvent(lifecycle: Lifecycle, type: LifecycleEvent['type']): Promise<LifecycleEvent> {
  return new Promise((resolve) => lifecycle.subscribe((event) => void (event.type === type && resolve(event))))
}

describe('serveProbes', () => {
  it('answers before the start: alive, neither started nor ready', async () => {
    const { ask } = await setUp()
    expect(await ask('/livez')).toEqual({ status: 200, body: '{"status":"pass"}' })
    expect(await ask('/startupz')).toMatchObject({ status: 503 })
    expect(await ask('/readyz')).toMatchObject({ status: 503 })
    expect(await ask('/orders')).toMatchObject({ status: 404 })
  })

  it('follows the lifecycle and its checks', async () => {
    const { lifecycle, ask } = await setUp()
    let broken = false
    lifecycle.check({
      name: 'db',
      intervalMs: 10,
      run: () => {
        if (broken) throw new Error('down')
      },
    })
    await lifecycle.start()
    await eventually(async () => expect(await ask('/readyz')).toMatchObject({ status: 200 }))
    expect(await ask('/startupz')).toMatchObject({ status: 200 })
    expect((await ask('/readyz?verbose')).body).toBe(
      '[+]lifecycle ok\n[+]db ok\n[+]event-loop ok\nreadyz check passed\n',
    )
    broken = true
    await eventually(async () => expect(await ask('/readyz')).toMatchObject({ status: 503 }))
    expect(await ask('/livez')).toMatchObject({ status: 200 })
    expect((await ask('/readyz/db')).body).not.toContain('down')
  })

  it('keeps liveness green and readiness red while it drains, then frees the port', async () => {
    const { lifecycle, probes, ask } = await setUp()
    await lifecycle.start()
    const { promise, resolve } = Promise.withResolvers<void>()
    lifecycle.onShutdown('wait for the test', () => promise)
    const report = lifecycle.shutdown()
    await eventually(async () => expect(await ask('/readyz')).toMatchObject({ status: 503 }))
    expect(await ask('/livez')).toMatchObject({ status: 200 })
    expect(await ask('/startupz')).toMatchObject({ status: 200 })
    resolve()
    await report
    await refused(probes)
  })

  it('answers on other paths, and not where a probe is turned off', async () => {
    const { ask } = await setUp({ paths: { liveness: '/alive', startup: false } })
    expect(await ask('/alive')).toMatchObject({ status: 200 })
    expect(await ask('/livez')).toMatchObject({ status: 404 })
    expect(await ask('/startupz')).toMatchObject({ status: 404 })
  })

  it('shows details when told to', async () => {
    const { lifecycle, ask } = await setUp({ details: 'always' })
    lifecycle.check({
      name: 'db',
      run: () => {
        throw new Error('down')
      },
    })
    await lifecycle.start()
    await eventually(async () => expect((await ask('/readyz?verbose')).body).toContain('[-]db failed: down'))
  })

  it('frees the port on close(), which may be called twice', async () => {
    const { probes } = await setUp()
    await Promise.all([probes.close(), probes.close()])
    await refused(probes)
    const again = await setUp({ port: probes.address.port })
    expect(await again.ask('/livez')).toMatchObject({ status: 200 })
  })

  it('frees the port when the lifecycle is disposed of', async () => {
    const { lifecycle, probes } = await setUp()
    lifecycle.dispose()
    await refused(probes)
  })

  it('does not stay when the lifecycle ends before it listens', async () => {
    const lifecycle = createLifecycle({ signals: false, exit: false })
    const starting = serveProbes(lifecycle, { port: 0 })
    await lifecycle.shutdown()
    await refused(await starting)
    await refused(await serveProbes(lifecycle, { port: 0 }))
  })

  it('serves several lifecycles side by side', async () => {
    const one = await setUp()
    const other = await setUp()
    await one.lifecycle.start()
    await eventually(async () => expect(await one.ask('/readyz')).toMatchObject({ status: 200 }))
    expect(await other.ask('/readyz')).toMatchObject({ status: 503 })
  })

  it('rejects when the port is in use, and says what to change', async () => {
    const server = createServer().listen(0)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    await expect(setUp({ port })).rejects.toMatchObject({
      code: 'LASTCALL_PROBE_PORT',
      message: `Probe port ${port} is in use: stop what listens there, or pass another port.`,
    })
  })

  it('rejects when the host is not one of the machine', async () => {
    await expect(setUp({ host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'LASTCALL_PROBE_PORT',
      message: expect.stringContaining("Host '192.0.2.1' of the probe port 0 is no address of this machine"),
    })
  })

  it('rejects a wrong option', async () => {
    await expect(setUp({ port: -1 })).rejects.toMatchObject({ code: 'LASTCALL_INVALID_OPTION' })
  })

  it('warns when its thread is lost', async () => {
    const logger = { info() {}, warn() {}, error() {} }
    const lifecycle = createLifecycle({ signals: false, exit: false, logger })
    const broken = Object.create(lifecycle, { snapshot: { value: () => ({ checks: null }) } }) as Lifecycle
    const warned = nextEvent(lifecycle, 'warning')
    const { probes, ask } = await setUp({}, broken)
    await expect(ask('/livez')).rejects.toThrow()
    expect(await warned).toMatchObject({
      code: 'LASTCALL_PROBE_PORT',
      message: expect.stringContaining(`Probe port ${probes.address.port} is not served`),
    })
  })
})
