import { createLifecycle, type Lifecycle } from '@lastcall/core'
import { createFakeProcess, recordEvents } from '@lastcall/testing'
import Fastify from 'fastify'
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest'
import pluginByDefault, { lastcall } from './index.ts'

const disposables: Lifecycle[] = []
const process = createFakeProcess()

function makeLifecycle(): Lifecycle {
  const lifecycle = createLifecycle({ process })
  disposables.push(lifecycle)
  return lifecycle
}

afterEach(() => {
  for (const lifecycle of disposables.splice(0)) lifecycle.dispose()
})

describe('lastcall', () => {
  it('decorates the app, and everything encapsulated in it, with the lifecycle', async () => {
    const lifecycle = makeLifecycle()
    const app = Fastify()
    await app.register(lastcall, { lifecycle })
    let inChild: Lifecycle | undefined
    await app.register(async (child) => void (inChild = child.lifecycle))

    expect(app.lifecycle).toBe(lifecycle)
    expect(inChild).toBe(lifecycle)
  })

  it('follows the conventions of Fastify plugins: a name, a version range, a default export', async () => {
    const app = Fastify()
    await app.register(pluginByDefault, { process })

    expect(app.hasPlugin('@lastcall/fastify')).toBe(true)
    expect(Reflect.get(lastcall, Symbol.for('plugin-meta'))).toEqual({ name: '@lastcall/fastify', fastify: '5.x' })
    expect(pluginByDefault).toBe(lastcall)
  })

  it('can be registered from a dynamic import', async () => {
    const app = Fastify()
    await app.register(import('./index.ts'), { process })

    expect(app.lifecycle.state.name).toBe('starting')
  })

  it('refuses a second registration, also in an encapsulated instance', async () => {
    const app = Fastify()
    await app.register(lastcall, { process })
    const again = app.register(async (child) => {
      await child.register(lastcall, { process })
    })

    await expect(again).rejects.toMatchObject({ code: 'LASTCALL_ALREADY_ATTACHED' })
    await app.close()
  })

  it('makes a lifecycle of the other options, and starts it when Fastify listens', async () => {
    const app = Fastify()
    await app.register(lastcall, { process, name: 'orders', marginMs: 1234 })
    const events = recordEvents(app.lifecycle)
    let listening: boolean | undefined
    app.lifecycle.use({ name: 'db', start: () => void (listening = app.server.listening) })
    await app.ready()
    expect(app.lifecycle.state.name).toBe('starting')

    await app.listen({ port: 0 })
    await events.waitFor('start:end')

    expect(app.lifecycle).toMatchObject({ name: 'orders', options: { marginMs: 1234 }, state: { name: 'running' } })
    expect(listening).toBe(true)
    await app.close()
  })

  it('takes a lifecycle or its options, not both', () => {
    const app = Fastify()
    const http2 = Fastify({ http2: true })
    const lifecycle = makeLifecycle()
    expectTypeOf(app.lifecycle).toEqualTypeOf<Lifecycle>()
    expectTypeOf(() => app.register(lastcall)).toBeFunction()
    expectTypeOf(() => http2.register(lastcall, { lifecycle, probes: { startup: false } })).toBeFunction()
    // @ts-expect-error The lifecycle has its name already.
    expectTypeOf(() => app.register(lastcall, { lifecycle, name: 'orders' })).toBeFunction()
  })

  it('leaves the start of a lifecycle that it was given to its owner', async () => {
    const lifecycle = makeLifecycle()
    const app = Fastify()
    await app.register(lastcall, { lifecycle })
    await app.listen({ port: 0 })

    expect(lifecycle.state.name).toBe('starting')
    await app.close()
  })

  it('has the lifecycle that it makes log where the app does', async () => {
    const lines: string[] = []
    const app = Fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } })
    await app.register(lastcall, { process })
    await app.close()

    expect(lines.join('')).toContain('app.close()')
  })

  it('keeps warnings for the process when the logger of the app is off', async () => {
    const own = createFakeProcess()
    const app = Fastify()
    await app.register(lastcall, { process: own })
    app.lifecycle.warn('LASTCALL_KEEP_ALIVE_RACE', 'something to mend')

    expect(own.warnings).toMatchObject([{ code: 'LASTCALL_KEEP_ALIVE_RACE' }])
    await app.close()
  })

  it('shares nothing between two apps', async () => {
    const [one, two] = [Fastify(), Fastify()]
    await one.register(lastcall, { process })
    await two.register(lastcall, { process })
    await two.listen({ port: 0 })
    await one.close()

    expect(one.lifecycle.state.name).toBe('stopped')
    expect(two.lifecycle.state.name).not.toBe('stopped')
    expect((await two.inject('/livez')).statusCode).toBe(200)
    await two.close()
  })
})
