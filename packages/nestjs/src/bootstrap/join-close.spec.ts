import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, recordEvents, waitUntil } from '@lastcall/testing'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { describe, expect, it } from 'vitest'
import { get } from '../../test/fixtures/get.ts'
import { logHooks } from '../../test/fixtures/log-hooks.ts'
import { makeApp } from '../../test/fixtures/make-app.ts'
import { PLATFORMS } from '../../test/fixtures/platforms.ts'
import { LastcallModule } from '../index.ts'

const STARTED = ['onModuleInit', 'onApplicationBootstrap']
const closedOn = (signal?: string) => [
  'onModuleDestroy',
  `beforeApplicationShutdown(${signal})`,
  `onApplicationShutdown(${signal})`,
]

describe.each(PLATFORMS)('joinClose on %s', (_, createAdapter) => {
  it('closes Nest once on a signal: after what is in flight, before the components, and tells the hooks the signal', async () => {
    const { app, lifecycle, process, log, listen, slowBegun, release } = await makeApp({ createAdapter })
    lifecycle.use({ name: 'db', stop: () => void log.push('db stops') })
    const slow = get(`${await listen()}/slow`)
    await slowBegun()

    process.kill('SIGTERM')
    release()

    expect(await slow).toMatchObject({ status: 200, body: 'done', headers: { connection: 'close' } })
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', reason: { text: 'SIGTERM' } })
    const inOrder = [...STARTED, 'slow begins', 'slow ends', ...closedOn('SIGTERM'), 'db stops']
    expect(log).toEqual(inOrder)
    await waitUntil(() => process.exits.length > 0)
    expect(process.exits).toEqual([0])
    await app.close()
    expect(log).toEqual(inOrder)
  })

  it('shuts the lifecycle down once on close(): drained first, all of it over when close() resolves, and no exit', async () => {
    const { app, lifecycle, process, log, listen, slowBegun, release } = await makeApp({ createAdapter })
    const slow = get(`${await listen()}/slow`)
    await slowBegun()

    const closed = Promise.all([app.close(), app.close(), lifecycle.shutdown('something else')])
    expect(log).toEqual([...STARTED, 'slow begins'])
    release()

    expect((await slow).status).toBe(200)
    const [, , report] = await closed
    expect(report).toMatchObject({ outcome: 'clean', reason: { kind: 'manual', text: 'app.close()' } })
    expect(log).toEqual([...STARTED, 'slow begins', 'slow ends', ...closedOn()])
    expect(process.listenerCount).toBe(0)
    expect(process.exits).toEqual([])
  })

  it('waits for no connection that idles', async () => {
    const { app, lifecycle, listen } = await makeApp({ createAdapter, options: { drainTimeoutMs: 3000 } })
    const url = await listen()
    expect((await get(`${url}/quick`)).headers.connection).not.toBe('close')

    await app.close()

    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    expect(lifecycle.aborting.aborted).toBe(false)
  })

  it('cuts what is in flight at the deadline, and closes Nest all the same', async () => {
    const { lifecycle, log, listen, slowBegun } = await makeApp({ createAdapter, options: { drainTimeoutMs: 50 } })
    const slow = get(`${await listen()}/slow`)
    const failed = expect(slow).rejects.toMatchObject({ code: 'ECONNRESET' })
    await slowBegun()

    const report = await lifecycle.shutdown()

    await failed
    expect(report).toMatchObject({ outcome: 'cut', cut: [{ name: 'GET /slow' }] })
    expect(log).toEqual([...STARTED, 'slow begins', ...closedOn()])
  })
})

describe('close()', () => {
  it('rejects when a hook hangs, which the report names', async () => {
    const hung = { onModuleDestroy: () => new Promise(() => {}) }
    const { app, lifecycle } = await makeApp({
      options: { closeTimeoutMs: 50 },
      providers: [{ provide: 'hung', useValue: hung }],
    })
    await app.init()

    await expect(app.close()).rejects.toMatchObject({ code: 'LASTCALL_TIMEOUT' })
    const { hooks } = await lifecycle.shutdown()
    expect(hooks).toContainEqual(expect.objectContaining({ name: 'nest', phase: 'close', outcome: 'abandoned' }))
  })

  it('leaves the process running, unless that is told to end meanwhile', async () => {
    const { app, lifecycle, process, listen } = await makeApp()
    await listen()
    const hold = lifecycle.hold('a job')

    const closed = app.close()
    process.kill('SIGTERM')
    hold.release()
    await closed
    await waitUntil(() => process.exits.length > 0)
    expect(process.exits).toEqual([0])
  })

  it('passes on the signal that it is given', async () => {
    const { app, log } = await makeApp()
    await app.init()
    await Reflect.apply(app.close, app, ['SIGQUIT'])
    expect(log).toEqual([...STARTED, ...closedOn('SIGQUIT')])
  })

  it('closes an app, or the module of a test, that never was initialised, and leaves no listener', async () => {
    const { app, process, log } = await makeApp()
    await app.close()
    expect(log).toEqual(closedOn())
    expect(process.listenerCount).toBe(0)

    const testProcess = createFakeProcess()
    const testing = await Test.createTestingModule({
      imports: [LastcallModule.forRoot({ process: testProcess })],
    }).compile()
    await testing.close()
    expect(testProcess.listenerCount).toBe(0)
  })

  it('drains the app of a testing module', async () => {
    const process = createFakeProcess()
    const log: string[] = []
    const testing = await Test.createTestingModule({
      imports: [LastcallModule.forRoot({ process })],
      providers: [{ provide: 'hooks', useValue: logHooks(log) }],
    }).compile()
    const app = testing.createNestApplication({ logger: false })
    await app.listen(0, '127.0.0.1')
    expect((await get(`${await app.getUrl()}/readyz`)).status).toBe(200)

    await app.close()

    expect(log).toEqual([...STARTED, ...closedOn()])
    expect(process.listenerCount).toBe(0)
  })

  it('closes every app of a lifecycle that several share', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const log: string[] = []
    const makeOne = async () => {
      @Module({
        imports: [LastcallModule.forRoot({ lifecycle })],
        providers: [{ provide: 'hooks', useValue: logHooks(log) }],
      })
      class AppModule {}
      const app = await NestFactory.create(AppModule, { logger: false })
      await app.listen(0, '127.0.0.1')
      return app
    }
    const [one, two] = [await makeOne(), await makeOne()]
    await lifecycle.start()
    const events = recordEvents(lifecycle)

    await one.close()
    await two.close()

    expect(log.filter((line) => line === 'onModuleDestroy')).toHaveLength(2)
    expect(events.of('shutdown:end')).toHaveLength(1)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })
})
