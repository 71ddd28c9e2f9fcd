import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, recordEvents } from '@lastcall/testing'
import { Controller, Injectable, Module, type Provider, Scope } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LastcallModule, LifecycleCheck, OnShutdown } from '../index.ts'

describe('registerDecorated', () => {
  let lifecycle: ReturnType<typeof createLifecycle>
  beforeEach(() => void (lifecycle = createLifecycle({ process: createFakeProcess(), details: 'always' })))
  afterEach(() => lifecycle.dispose())

  async function initApp(...providers: Provider[]) {
    @Module({ imports: [LastcallModule.forRoot({ lifecycle })], providers })
    class AppModule {}
    return NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false })
  }

  it('has decorated methods checked, on their instance, with the policy that they were given', async () => {
    @Injectable()
    class Database {
      readonly url = 'db:5432'

      @LifecycleCheck({ name: 'db', scope: 'shared', critical: false })
      async ping({ signal }: { signal: AbortSignal }) {
        throw new Error(`no route to ${this.url}, ${signal.aborted}`)
      }

      @LifecycleCheck({ name: 'replica', probes: ['startup'] })
      replica() {
        return { status: 'warn', output: 'lags' } as const
      }
    }
    const events = recordEvents(lifecycle)
    await initApp(Database)
    await lifecycle.start()
    await events.waitFor('check:end', ({ check }) => check === 'db')
    await events.waitFor('check:end', ({ check }) => check === 'replica')

    const db = { name: 'db', status: 'warn', output: 'no route to db:5432, false' }
    expect(lifecycle.probe('readiness').checks).toContainEqual(expect.objectContaining(db))
    expect(lifecycle.probe('startup').checks).toContainEqual(
      expect.objectContaining({ name: 'replica', status: 'warn', output: 'lags' }),
    )
  })

  it('calls decorated methods at shutdown, in their phase, with the reason', async () => {
    const log: string[] = []
    class Base {
      @OnShutdown('inherited', { phase: 'announce' })
      leave() {
        log.push(`leave ${this.constructor.name}`)
      }
    }
    @Injectable()
    class Metrics extends Base {
      @OnShutdown('metrics', { phase: 'flush', timeoutMs: 500 })
      async flush({ reason }: { reason: { text: string } }) {
        log.push(`flush on ${reason.text}`)
      }
    }
    await initApp(Metrics, { provide: 'alias', useExisting: Metrics })

    const { hooks } = await lifecycle.shutdown('a test')

    expect(log).toEqual(['leave Metrics', 'flush on a test'])
    expect(hooks.map(({ name, phase }) => `${name} in ${phase}`)).toEqual([
      'inherited in announce',
      'bootstrap in drain',
      'nest in close',
      'metrics in flush',
    ])
  })

  it('finds them on controllers and on what factories make', async () => {
    @Controller()
    class Orders {
      @OnShutdown('orders')
      end() {}
    }
    class Client {
      @OnShutdown('client')
      end() {}
    }
    @Module({
      imports: [LastcallModule.forRoot({ lifecycle })],
      controllers: [Orders],
      providers: [
        { provide: 'client', useFactory: () => new Client() },
        { provide: 'nothing', useValue: null },
        { provide: 'text', useValue: 'text' },
        { provide: 'bare', useValue: Object.create(null) },
      ],
    })
    class AppModule {}
    await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false })

    const { hooks } = await lifecycle.shutdown()
    expect(hooks.map(({ name }) => name)).toEqual(expect.arrayContaining(['orders', 'client']))
  })

  it.each([
    ['request', Scope.REQUEST],
    ['transient', Scope.TRANSIENT],
  ])('refuses a provider of scope %s: which instance would it be?', async (_, scope) => {
    @Injectable({ scope })
    class Cart {
      @LifecycleCheck({ name: 'cart' })
      check() {}
    }
    await expect(initApp(Cart)).rejects.toMatchObject({
      code: 'LASTCALL_INVALID_OPTION',
      message: expect.stringMatching(/^Cart\.check\(\)/),
    })
  })

  it('passes on what the lifecycle refuses', async () => {
    @Injectable()
    class Database {
      // @ts-expect-error What the fleet shares is no matter of liveness.
      @LifecycleCheck({ name: 'db', scope: 'shared', probes: ['liveness'] })
      ping() {}
    }
    await expect(initApp(Database)).rejects.toMatchObject({ code: 'LASTCALL_SHARED_LIVENESS' })
  })
})
