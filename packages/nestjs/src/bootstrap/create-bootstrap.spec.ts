import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, waitUntil } from '@lastcall/testing'
import { Module, type Provider } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { logHooks } from '../../test/fixtures/log-hooks.ts'
import { LastcallModule } from '../index.ts'

const CLOSED = ['onModuleDestroy', 'beforeApplicationShutdown(SIGTERM)', 'onApplicationShutdown(SIGTERM)']

describe('createBootstrap', () => {
  let process: ReturnType<typeof createFakeProcess>
  let log: string[]
  let gate: PromiseWithResolvers<void>
  beforeEach(() => {
    process = createFakeProcess()
    log = []
    gate = Promise.withResolvers()
  })

  const reach = (line: string) => waitUntil(() => log.includes(line), { what: line })

  /** A provider whose hook waits at the gate. */
  const waiting = (hook: 'onModuleInit' | 'onApplicationBootstrap'): Provider => ({
    provide: hook,
    useValue: {
      async [hook]() {
        log.push(`${hook} begins`)
        await gate.promise
        log.push(`${hook} ends`)
      },
    },
  })

  async function bootstrapApp(provider: Provider) {
    @Module({
      imports: [LastcallModule.forRoot({ process, name: 'orders' })],
      providers: [{ provide: 'hooks', useValue: logHooks(log) }, provider],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
    await app.listen(0, '127.0.0.1')
  }

  it('lets onModuleInit end on a signal, then closes once, and never gets to onApplicationBootstrap', async () => {
    const app = bootstrapApp(waiting('onModuleInit'))
    const failed = expect(app).rejects.toMatchObject({
      code: 'LASTCALL_START_ABORTED',
      message: "Nest's bootstrap was given up: 'orders' is shutting down: SIGTERM.",
    })
    await reach('onModuleInit begins')

    process.kill('SIGTERM')
    gate.resolve()

    await failed
    expect(log).toEqual(['onModuleInit', 'onModuleInit begins', 'onModuleInit ends', ...CLOSED])
    expect(process.exits).toEqual([0])
  })

  it('lets onApplicationBootstrap end on a signal, then closes once, and never listens', async () => {
    const app = bootstrapApp(waiting('onApplicationBootstrap'))
    const failed = expect(app).rejects.toMatchObject({ code: 'LASTCALL_START_ABORTED' })
    await reach('onApplicationBootstrap begins')

    process.kill('SIGTERM')
    gate.resolve()

    await failed
    const booted = ['onApplicationBootstrap', 'onApplicationBootstrap begins', 'onApplicationBootstrap ends']
    expect(log).toEqual(['onModuleInit', ...booted, ...CLOSED])
    expect(process.exits).toEqual([0])
  })

  it('waits, on a signal, for providers that are being made, closes what was made, and initialises nothing', async () => {
    const connect = async () => {
      log.push('connecting')
      await gate.promise
      return { onApplicationShutdown: () => void log.push('disconnected') }
    }
    const app = bootstrapApp({ provide: 'db', useFactory: connect })
    const failed = expect(app).rejects.toMatchObject({ code: 'LASTCALL_START_ABORTED' })
    await reach('connecting')

    process.kill('SIGTERM')
    gate.resolve()

    await failed
    expect(log.toSorted()).toEqual(['connecting', 'disconnected', ...CLOSED].toSorted())
    expect(process.exits).toEqual([0])
  })

  it('closes what was initialised when a hook throws, and exits 1', async () => {
    const broken = { onApplicationBootstrap: () => Promise.reject(new Error('no route to db')) }
    const app = bootstrapApp({ provide: 'broken', useValue: broken })
    await expect(app).rejects.toThrow('no route to db')

    process.throwUncaught(new Error('no route to db'), 'unhandledRejection')
    await waitUntil(() => process.exits.length > 0)

    expect(log).toContain('onModuleDestroy')
    expect(process.exits).toEqual([1])
  })

  it('does not wait for a bootstrap that an error may have ended', async () => {
    const lifecycle = createLifecycle({ process })
    const connect = () => (log.push('connecting'), new Promise(() => {}))
    @Module({ imports: [LastcallModule.forRoot({ lifecycle })], providers: [{ provide: 'db', useFactory: connect }] })
    class AppModule {}
    void NestFactory.create(AppModule, { logger: false, abortOnError: false })
    await reach('connecting')

    process.throwUncaught(new Error('out of sockets'), 'uncaughtException')

    const { hooks, exitCode } = await lifecycle.shutdown()
    expect(hooks).toContainEqual(expect.objectContaining({ name: 'bootstrap', outcome: 'ok' }))
    expect(exitCode).toBe(1)
  })

  it('closes nothing in the middle of a hook that hangs, and names the bootstrap in the report', async () => {
    const lifecycle = createLifecycle({ process, drainTimeoutMs: 100, closeTimeoutMs: 50 })
    @Module({
      imports: [LastcallModule.forRoot({ lifecycle })],
      providers: [{ provide: 'hooks', useValue: logHooks(log) }, waiting('onModuleInit')],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
    void app.init()
    await reach('onModuleInit begins')

    process.kill('SIGTERM')
    const report = await lifecycle.shutdown()

    expect(log).toEqual(['onModuleInit', 'onModuleInit begins'])
    expect(report).toMatchObject({
      outcome: 'failed',
      hooks: [
        { name: 'bootstrap', phase: 'drain', outcome: 'abandoned' },
        { name: 'nest', phase: 'close', outcome: 'abandoned' },
      ],
    })
  })

  it('is given up at once when a component of the lifecycle is what bootstraps', async () => {
    const lifecycle = createLifecycle({ process })
    @Module({
      imports: [LastcallModule.forRoot({ lifecycle })],
      providers: [{ provide: 'hooks', useValue: logHooks(log) }, waiting('onModuleInit')],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
    lifecycle.use({ name: 'http', start: async () => void (await app.listen(0, '127.0.0.1')) })
    const failed = expect(lifecycle.start()).rejects.toMatchObject({ code: 'LASTCALL_START_ABORTED' })
    await reach('onModuleInit begins')

    process.kill('SIGTERM')
    gate.resolve()

    await failed
    expect(log).toEqual(['onModuleInit', 'onModuleInit begins', 'onModuleInit ends', ...CLOSED])
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })

  it('gives up the bootstrap of a lifecycle that had stopped before', async () => {
    const lifecycle = createLifecycle({ process })
    await lifecycle.shutdown()
    @Module({
      imports: [LastcallModule.forRoot({ lifecycle })],
      providers: [{ provide: 'hooks', useValue: logHooks(log) }],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })

    await expect(app.init()).rejects.toMatchObject({ code: 'LASTCALL_START_ABORTED' })
    await app.close()

    expect(log).toEqual(['onModuleDestroy', 'beforeApplicationShutdown(undefined)', 'onApplicationShutdown(undefined)'])
  })
})
