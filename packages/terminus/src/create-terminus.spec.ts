import * as theirs from '@godaddy/terminus'
import { createLifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeProcess } from '@lastcall/testing'
import { createServer } from 'node:http'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { listen } from '../test/fixtures/both.ts'
import { ask } from '../test/fixtures/client.ts'
import * as ours from './index.ts'

/** What the paths answer on a server with terminus on it. */
async function statusesOf(options: ours.TerminusOptions, paths: readonly string[]) {
  const { url } = await listen(ours, options, (_request, response) => response.writeHead(404).end())
  return Promise.all(paths.map(async (path) => (await ask(url + path)).status))
}

const running = (): LifecycleOptions => ({ process: createFakeProcess() })
const PROBES = ['/livez', '/readyz', '/startupz']

describe('createTerminus', () => {
  it('returns the server', () => {
    const server = createServer()
    expect(ours.createTerminus(server, { lifecycle: running() })).toBe(server)
  })

  it('has the types of the real one: what compiled with that compiles with this', () => {
    expectTypeOf<theirs.TerminusOptions>().toExtend<ours.TerminusOptions>()
    expectTypeOf<theirs.HealthCheckMap>().toExtend<ours.HealthCheckMap>()
    expectTypeOf<theirs.HealthCheck>().toExtend<ours.HealthCheck>()
    expectTypeOf<typeof ours.createTerminus>().toExtend<theirs.Terminus>()
    expectTypeOf<typeof ours.createTerminus>().toExtend<ours.Terminus>()
    expectTypeOf<typeof ours.HealthCheckError>().toExtend<typeof theirs.HealthCheckError>()
    expectTypeOf<ours.TerminusState>().toEqualTypeOf<theirs.TerminusState>()
    // Every option of the real one, and one more.
    expectTypeOf<Exclude<keyof ours.TerminusOptions, keyof theirs.TerminusOptions>>().toEqualTypeOf<'lifecycle'>()
    expectTypeOf<keyof theirs.TerminusOptions>().toExtend<keyof ours.TerminusOptions>()
  })

  it('answers the probes of its lifecycle only where one is asked for', async () => {
    const healthChecks = { '/health': async () => {} }
    expect(await statusesOf({ healthChecks, lifecycle: running() }, ['/health', ...PROBES])).toEqual([
      200, 200, 200, 200,
    ])
    expect(await statusesOf({ lifecycle: createLifecycle(running()) }, PROBES)).toEqual([200, 503, 503])
  })

  it('leaves the paths of health checks to them', async () => {
    const fail = () => Promise.reject(Object.assign(new Error('no'), { statusCode: 418 }))
    const healthChecks = { '/readyz': fail, '/startupz/db': fail }
    const lifecycle = running()
    const paths = [...PROBES, '/startupz/db', '/livez/lifecycle']
    expect(await statusesOf({ healthChecks, lifecycle }, paths)).toEqual([200, 418, 404, 418, 200])
  })

  it('drains the server of a lifecycle that is given, between its hooks', async () => {
    const log: string[] = []
    const hook = (name: string) => async () => void log.push(name)
    const lifecycle = createLifecycle({ signals: false, exit: false, lameDuck: { minMs: 0 } })
    const { server } = await listen(ours, {
      ...{ beforeShutdown: hook('beforeShutdown'), onSignal: hook('onSignal'), lifecycle },
    })
    lifecycle.subscribe(({ type }) => {
      if (type === 'drain:begin' || type === 'drain:end') log.push(type)
    })
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    expect(log).toEqual(['beforeShutdown', 'drain:begin', 'drain:end', 'onSignal'])
    expect(server.listening).toBe(false)
  })

  it('tells the logger of headers that cannot be sent, and closes the connection', async () => {
    const log: string[] = []
    const { url } = await listen(ours, {
      ...{ healthChecks: { '/health': async () => {} }, headers: { 'x-custom': 'not\nallowed' } },
      ...{ logger: (message) => log.push(message), lifecycle: running() },
    })
    await expect(ask(`${url}/health`)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(log).toEqual(['healthcheck failed'])
  })

  it('refuses a server that has terminus already', () => {
    const server = ours.createTerminus(createServer(), { lifecycle: running() })
    expect(() => ours.createTerminus(server, { lifecycle: running() })).toThrow(
      expect.objectContaining({ code: 'LASTCALL_ALREADY_ATTACHED' }),
    )
  })
})
