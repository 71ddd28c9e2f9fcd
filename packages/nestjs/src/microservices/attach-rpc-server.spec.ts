import type { Lifecycle, LifecycleOptions } from '@lastcall/core'
import { createFakeProcess, findFreePort, waitUntil } from '@lastcall/testing'
import { Controller, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices'
import { connect, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { firstValueFrom, lastValueFrom, Observable, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { get } from '../../test/fixtures/get.ts'
import { logHooks } from '../../test/fixtures/log-hooks.ts'
import { LastcallModule, LIFECYCLE } from '../index.ts'

const QUIET = { logger: false, abortOnError: false } as const

describe('attachRpcServer', () => {
  let process: ReturnType<typeof createFakeProcess>
  let log: string[]
  let gate: PromiseWithResolvers<string>
  let port: number
  const clients: { close(): unknown }[] = []
  beforeEach(async () => {
    process = createFakeProcess()
    log = []
    gate = Promise.withResolvers()
    port = await findFreePort()
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.close()
  })

  function appModule(options: LifecycleOptions = {}) {
    @Controller()
    class Messages {
      @MessagePattern('sum')
      sum(@Payload() numbers: number[]) {
        return numbers.reduce((sum, number) => sum + number, 0)
      }

      @MessagePattern({ cmd: 'slow' })
      async slow() {
        log.push('slow begins')
        return gate.promise
      }

      @MessagePattern('stream')
      stream() {
        log.push('stream begins')
        return new Observable<string>((subscriber) => {
          subscriber.next('first')
          void gate.promise.then((last) => {
            subscriber.next(last)
            subscriber.complete()
          })
        })
      }

      @MessagePattern('broken')
      broken() {
        throw new Error('broken')
      }

      @EventPattern('placed')
      async placed(@Payload() _order: string) {
        log.push('placed begins')
        await gate.promise
        log.push('placed ends')
      }

      @EventPattern('placed')
      async alsoPlaced(@Payload() _order: string) {
        log.push('placed heard twice')
      }
    }

    @Module({
      imports: [LastcallModule.forRoot({ process, ...options })],
      controllers: [Messages],
      providers: [{ provide: 'hooks', useValue: logHooks(log) }],
    })
    class AppModule {}
    return AppModule
  }

  const tcp = (): MicroserviceOptions => ({ transport: Transport.TCP, options: { host: '127.0.0.1', port } })

  async function startMicroservice(options?: LifecycleOptions) {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(appModule(options), { ...QUIET, ...tcp() })
    await app.listen()
    return { app, lifecycle: app.get<Lifecycle>(LIFECYCLE) }
  }

  function createClient() {
    const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } })
    clients.push(client)
    return client
  }

  const begun = (line: string) => waitUntil(() => log.includes(line), { what: line })

  it('starts the lifecycle of a microservice when it listens, and not before', async () => {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(appModule(), { ...QUIET, ...tcp() })
    const lifecycle = app.get<Lifecycle>(LIFECYCLE)
    await app.init()
    expect(lifecycle.state.name).toBe('starting')

    await app.listen()
    await waitUntil(() => lifecycle.state.name === 'running')

    expect(await firstValueFrom(createClient().send('sum', [1, 2, 3]))).toBe(6)
    await app.close()
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('finishes the messages that are in flight at the signal, then closes, and tells the hooks the signal', async () => {
    const { lifecycle } = await startMicroservice()
    const slow = firstValueFrom(createClient().send({ cmd: 'slow' }, ''))
    const stream = lastValueFrom(createClient().send('stream', '').pipe(toArray()))
    createClient().emit('placed', '').subscribe()
    for (const line of ['slow begins', 'stream begins', 'placed begins']) await begun(line)
    expect(
      lifecycle
        .inFlight()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['placed', 'stream', '{"cmd":"slow"}'])

    process.kill('SIGTERM')
    expect(log).not.toContain('onModuleDestroy')
    gate.resolve('done')

    expect(await slow).toBe('done')
    expect(await stream).toEqual(['first', 'done'])
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
    expect(log.slice(-5)).toEqual([
      'placed heard twice',
      'placed ends',
      'onModuleDestroy',
      'beforeApplicationShutdown(SIGTERM)',
      'onApplicationShutdown(SIGTERM)',
    ])
    await waitUntil(() => process.exits.length > 0)
    expect(process.exits).toEqual([0])
  })

  it('stops listening when it drains, and closes each connection when its messages are answered', async () => {
    const { app, lifecycle } = await startMicroservice()
    const idle = connect(port, '127.0.0.1')
    await once(idle, 'connect')
    const idleEnded = once(idle.resume(), 'end')
    const client = createClient()
    const slow = firstValueFrom(client.send({ cmd: 'slow' }, ''))
    await begun('slow begins')

    const closed = app.close()
    await idleEnded
    await waitUntil(() => refuses(port), { what: 'a refused connection' })
    // On the connection that is still busy.
    expect(await firstValueFrom(client.send('sum', [1, 2]))).toBe(3)
    gate.resolve('done')

    expect(await slow).toBe('done')
    await closed
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('cuts what is in flight at the deadline, and names it', async () => {
    const { lifecycle } = await startMicroservice({ drainTimeoutMs: 50 })
    const slow = firstValueFrom(createClient().send({ cmd: 'slow' }, ''))
    const failed = expect(slow).rejects.toThrow('Connection closed')
    await begun('slow begins')

    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'cut', cut: [{ name: '{"cmd":"slow"}' }] })
    await failed
    expect(log).toContain('onModuleDestroy')
  })

  it('counts a message that failed as done', async () => {
    const { app, lifecycle } = await startMicroservice()
    await expect(firstValueFrom(createClient().send('broken', ''))).rejects.toBeDefined()
    await waitUntil(() => lifecycle.inFlight().length === 0)
    await app.close()
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('does not listen again, where it was told to retry', async () => {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(appModule(), {
      ...QUIET,
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port, retryAttempts: 5, retryDelay: 0 },
    })
    await app.listen()
    const server = app.unwrap<Server>().on('listening', () => log.push('listens again'))
    // Holds up the phase in which Nest closes the server until a retry would have listened.
    const retried = async () => {
      await once(server, 'close')
      await new Promise((resolve) => setTimeout(resolve, 0))
      await new Promise(setImmediate)
    }
    app.get<Lifecycle>(LIFECYCLE).onShutdown('retry', retried, { phase: 'drain' })

    await app.close()

    expect(log).not.toContain('listens again')
  })

  it('drains the microservices of a hybrid application with its HTTP server, and starts with that', async () => {
    const app = await NestFactory.create(appModule(), QUIET)
    app.connectMicroservice<MicroserviceOptions>(tcp())
    const lifecycle = app.get<Lifecycle>(LIFECYCLE)
    await app.startAllMicroservices()
    expect(lifecycle.state.name).toBe('starting')
    await app.listen(0, '127.0.0.1')
    await waitUntil(async () => (await get(`${await app.getUrl()}/readyz`)).status === 200)
    const slow = firstValueFrom(createClient().send({ cmd: 'slow' }, ''))
    await begun('slow begins')

    const closed = app.close()
    gate.resolve('done')

    expect(await slow).toBe('done')
    await closed
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    expect(log.filter((line) => line === 'onModuleDestroy')).toHaveLength(1)
  })

  it.each([true, false])('joins a hybrid application, and not its microservice, which inits %s', async (isDeferred) => {
    const app = await NestFactory.create(appModule(), QUIET)
    app.connectMicroservice<MicroserviceOptions>(tcp(), { deferInitialization: isDeferred })
    await app.startAllMicroservices()
    await app.listen(0, '127.0.0.1')
    await waitUntil(async () => (await get(`${await app.getUrl()}/readyz`)).status === 200)

    process.kill('SIGTERM')
    await waitUntil(() => process.exits.length > 0)

    expect(process.exits).toEqual([0])
    expect(app.getHttpServer().listening).toBe(false)
  })
})

/** Whether nobody listens. */
async function refuses(port: number): Promise<boolean> {
  const socket: Socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true))
  }).finally(() => socket.destroy()) as Promise<boolean>
}
