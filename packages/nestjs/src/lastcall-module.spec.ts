import { createLifecycle, type Lifecycle } from '@lastcall/core'
import { createFakeProcess, recordEvents } from '@lastcall/testing'
import { Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { makeApp } from '../test/fixtures/make-app.ts'
import { InjectLifecycle, LastcallModule, LIFECYCLE } from './index.ts'

const QUIET = { logger: false, abortOnError: false } as const

describe('LastcallModule', () => {
  it('provides the lifecycle to every module', async () => {
    @Injectable()
    class Orders {
      readonly lifecycle: Lifecycle
      constructor(@InjectLifecycle() lifecycle: Lifecycle) {
        this.lifecycle = lifecycle
      }
    }
    @Module({ providers: [Orders] })
    class OrdersModule {}
    const { app, lifecycle } = await makeApp({ imports: [OrdersModule] })

    expect(app.get(Orders, { strict: false }).lifecycle).toBe(lifecycle)
    await app.close()
  })

  it('makes a lifecycle of its options, and starts it when Nest listens', async () => {
    const { app, lifecycle, listen } = await makeApp({ options: { name: 'orders', marginMs: 1234 } })
    const events = recordEvents(lifecycle)
    let listening: boolean | undefined
    lifecycle.use({ name: 'db', start: () => void (listening = app.getHttpServer().listening) })
    await app.init()
    expect(lifecycle.state.name).toBe('starting')

    await listen()
    await events.waitFor('start:end')

    expect(lifecycle).toMatchObject({ name: 'orders', options: { marginMs: 1234 }, state: { name: 'running' } })
    expect(listening).toBe(true)
    await app.close()
  })

  it('leaves the start of a lifecycle that it was given to its owner', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    @Module({ imports: [LastcallModule.forRoot({ lifecycle })] })
    class AppModule {}
    const app = await NestFactory.create(AppModule, QUIET)
    await app.listen(0, '127.0.0.1')

    expect(app.get(LIFECYCLE)).toBe(lifecycle)
    expect(lifecycle.state.name).toBe('starting')
    await app.close()
    expect(lifecycle.state.name).toBe('stopped')
  })

  it('starts the lifecycle of a context that listens to nothing when it is initialised', async () => {
    @Module({ imports: [LastcallModule.forRoot({ process: createFakeProcess() })] })
    class AppModule {}
    const context = await NestFactory.createApplicationContext(AppModule, QUIET)
    const lifecycle = context.get<Lifecycle>(LIFECYCLE)
    await lifecycle.start()

    expect(lifecycle.state.name).toBe('running')
    await context.close()
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('takes options from a factory that gets what other modules export', async () => {
    @Module({ providers: [{ provide: 'name', useValue: 'orders' }], exports: ['name'] })
    class ConfigModule {}
    const process = createFakeProcess()
    @Module({
      imports: [
        LastcallModule.forRootAsync({
          imports: [ConfigModule],
          inject: ['name'],
          useFactory: async (name: string) => ({ process, name, probes: { startup: false } }),
        }),
      ],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, QUIET)

    expect(app.get<Lifecycle>(LIFECYCLE).name).toBe('orders')
    await app.close()
  })

  it('has creating the app fail with what createLifecycle throws', async () => {
    @Module({ imports: [LastcallModule.forRoot({ marginMs: -1, process: createFakeProcess() })] })
    class AppModule {}
    await expect(NestFactory.create(AppModule, QUIET)).rejects.toMatchObject({ code: 'LASTCALL_INVALID_OPTION' })
  })

  it('takes a lifecycle or its options, not both', () => {
    const lifecycle = {} as Lifecycle
    expectTypeOf(() => LastcallModule.forRoot({ lifecycle, probes: false })).toBeFunction()
    // @ts-expect-error The lifecycle has its name already.
    expectTypeOf(() => LastcallModule.forRoot({ lifecycle, name: 'orders' })).toBeFunction()
  })

  it('shares nothing between two apps', async () => {
    const [one, two] = [await makeApp(), await makeApp()]
    await one.listen()
    await two.listen()
    await one.app.close()

    expect(one.lifecycle.state.name).toBe('stopped')
    expect(two.lifecycle.state.name).not.toBe('stopped')
    await two.app.close()
  })
})
