import * as theirs from '@godaddy/terminus'
import { createLifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeProcess, type Service, spawnService } from '@lastcall/testing'
import { fileURLToPath } from 'node:url'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { listen } from '../test/fixtures/both.ts'
import { ask } from '../test/fixtures/client.ts'
import { requestSlow } from '../test/fixtures/request-slow.ts'
import { terminusOptions } from './terminus-options.ts'

const BRIDGED = fileURLToPath(new URL('../test/fixtures/bridged.ts', import.meta.url))

const spawn = (env: Record<string, string> = {}): Promise<Service> =>
  spawnService({ args: ['--conditions=@lastcall/source', BRIDGED], env })

const bridgeable = (options: LifecycleOptions = {}) => createLifecycle({ ...options, signals: false, exit: false })

/** The answer of each probe, through the real package, which is given the options. */
async function probesOf(options: theirs.TerminusOptions) {
  const { url } = await listen(theirs, options)
  return async () => {
    const [liveness, readiness, startup] = await Promise.all(
      ['/livez', '/readyz', '/startupz'].map(async (path) => {
        const { status, headers, body } = await ask(url + path)
        return { status, type: headers['content-type'], said: JSON.parse(body) as Record<string, unknown> }
      }),
    )
    return { liveness, readiness, startup }
  }
}

describe('terminusOptions', () => {
  it('are options of the real package', () => {
    expectTypeOf<ReturnType<typeof terminusOptions>>().toExtend<theirs.TerminusOptions>()
  })

  it.each([
    [{ signals: ['SIGTERM'], exit: false }, 'signals'],
    [{ signals: false }, 'exit'],
    [{}, 'signals and exit'],
  ] as const)('refuse a lifecycle that was made with %j', (options, owned) => {
    const lifecycle = createLifecycle({ name: 'orders', process: createFakeProcess(), ...options })
    expect(() => terminusOptions(lifecycle)).toThrow(
      expect.objectContaining({
        code: 'LASTCALL_INVALID_OPTION',
        message: expect.stringMatching(`'orders' has ${owned} of its own.*signals: false, exit: false`),
      }),
    )
  })

  it('have the probes answered from the lifecycle, as they are without terminus', async () => {
    const lifecycle = bridgeable({ name: 'orders', details: 'always' })
    lifecycle.check({ name: 'db', run: () => ({ status: 'warn', output: 'slow' }) })
    const probes = await probesOf(terminusOptions(lifecycle))
    const type = 'application/health+json'
    expect(await probes()).toMatchObject({ liveness: { status: 200 }, readiness: { status: 503 } })
    await lifecycle.start()
    await expect.poll(async () => (await probes()).readiness?.status).toBe(200)
    expect(await probes()).toMatchObject({
      liveness: { status: 200, type, said: { status: 'pass', serviceId: 'orders' } },
      readiness: { status: 200, type, said: { status: 'warn', checks: { db: [{ output: 'slow' }] } } },
      startup: { status: 200, type, said: { status: 'pass' } },
    })
    void lifecycle.shutdown()
    expect(await probes()).toMatchObject({
      liveness: { status: 200 },
      readiness: { status: 503, said: { status: 'fail' } },
    })
  })

  it('let a lifecycle that is shut down without a signal go its way', async () => {
    const lifecycle = bridgeable()
    terminusOptions(lifecycle)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })
})

describe('a service with @godaddy/terminus and a lifecycle', () => {
  it('goes through the lame duck, the stop of the server and the phases as one sequence, and exits with 0', async () => {
    await using service = await spawn({ ANNOUNCE: 'waits' })
    const { answer } = await requestSlow(service)
    service.signal('SIGTERM')
    await service.waitForLine(/^deregister$/)
    const inLameDuck = await Promise.all(
      ['/', '/readyz', '/livez'].map(async (path) => (await ask(service.url + path)).status),
    )
    service.signal('SIGUSR1')
    await service.waitForLine(/^drain$/)
    service.signal('SIGUSR2')
    expect(inLameDuck).toEqual([200, 503, 200])
    expect(await answer).toMatchObject({ status: 200 })
    expect(await service.waitForExit({ timeoutMs: 30_000 })).toEqual({ code: 0, signal: null })
    expect(service.stdout.split('\n').slice(1, -1)).toEqual([
      ...[
        'lameDuck',
        'announce',
        'deregister',
        'healthcheck failed /readyz answers 503',
        'drain',
        'slow ends',
        'close',
        'db stops',
        'flush',
        'flush',
      ],
    ])
  })

  it('exits with 1 and tells the logger when something failed', async () => {
    await using service = await spawn({ STOP: 'rejects' })
    service.signal('SIGINT')
    expect(await service.waitForExit({ timeoutMs: 30_000 })).toMatchObject({ code: 1 })
    expect(service.stdout).toMatch(/flush\nerror happened during shutdown bridged stopped in .* failed: db: no route/)
  })

  it('exits with 1 when requests are cut at the deadline of the drain', async () => {
    await using service = await spawn({ DRAIN_MS: '100' })
    const { answer } = await requestSlow(service)
    service.signal('SIGTERM')
    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await service.waitForExit({ timeoutMs: 30_000 })).toMatchObject({ code: 1 })
    expect(service.stdout).toMatch(/error happened during shutdown bridged stopped in .* cut, exit 1/)
  })
})
