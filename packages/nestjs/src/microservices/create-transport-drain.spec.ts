import type { Lifecycle, LifecycleOptions } from '@lastcall/core'
import { createFakeProcess, findFreePort, waitUntil } from '@lastcall/testing'
import { Controller, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  type ClientGrpc,
  ClientProxyFactory,
  type CustomTransportStrategy,
  GrpcMethod,
  MessagePattern,
  type MicroserviceOptions,
  Server,
  Transport,
} from '@nestjs/microservices'
import { fileURLToPath } from 'node:url'
import { concat, from, lastValueFrom, type Observable, of, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LastcallModule, LIFECYCLE } from '../index.ts'

interface Greeting {
  readonly text: string
}

interface Greeter {
  greet(name: object): Observable<Greeting>
  greetOften(name: object): Observable<Greeting>
}

/** A broker that is a list, with the transport that brings its messages. */
class ListTransport extends Server implements CustomTransportStrategy {
  readonly #log: string[]

  constructor(log: string[]) {
    super()
    this.#log = log
  }

  listen(callback: () => void) {
    callback()
  }

  close() {
    this.#log.push('transport closes')
  }

  on() {}

  unwrap<Client>() {
    return undefined as Client
  }

  async deliver(pattern: string) {
    const handler = this.getHandlerByPattern(pattern)
    return handler?.('', {})
  }
}

describe('createTransportDrain', () => {
  let log: string[]
  let gate: PromiseWithResolvers<void>
  const ends: (() => unknown)[] = []
  beforeEach(() => {
    log = []
    gate = Promise.withResolvers()
  })
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })

  async function start(transport: MicroserviceOptions, options?: LifecycleOptions) {
    @Controller()
    class Handlers {
      @GrpcMethod('Greeter', 'Greet')
      async greet({ name }: { name: string }) {
        log.push('begins')
        await gate.promise
        return { text: `Hello ${name}` }
      }

      @GrpcMethod('Greeter', 'GreetOften')
      greetOften({ name }: { name: string }) {
        log.push('stream begins')
        return concat(of({ text: `Hello ${name}` }), from(gate.promise.then(() => ({ text: 'Bye' }))))
      }

      @MessagePattern('job')
      async job() {
        log.push('begins')
        await gate.promise
        log.push('ends')
      }
    }
    @Module({
      imports: [LastcallModule.forRoot({ process: createFakeProcess(), ...options })],
      controllers: [Handlers],
    })
    class AppModule {}
    const quiet = { logger: false, abortOnError: false } as const
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, { ...transport, ...quiet })
    await app.listen()
    const lifecycle = app.get<Lifecycle>(LIFECYCLE)
    await waitUntil(() => lifecycle.state.name === 'running')
    return { app, lifecycle }
  }

  const begun = (line = 'begins') => waitUntil(() => log.includes(line), { what: line })

  describe('of gRPC', () => {
    let transport: MicroserviceOptions & { transport: Transport.GRPC }
    let greeter: Greeter
    beforeEach(async () => {
      const protoPath = fileURLToPath(new URL('../../test/fixtures/greeter.proto', import.meta.url))
      const url = `127.0.0.1:${await findFreePort()}`
      transport = { transport: Transport.GRPC, options: { package: 'greeter', protoPath, url } }
      const client = ClientProxyFactory.create(transport) as unknown as ClientGrpc & { close(): void }
      ends.push(() => client.close())
      greeter = client.getService<Greeter>('Greeter')
    })

    it('finishes calls and streams, takes no new ones, then closes', async () => {
      const { app, lifecycle } = await start(transport)
      const call = lastValueFrom(greeter.greet({ name: 'Ada' }))
      const stream = lastValueFrom(greeter.greetOften({ name: 'Ada' }).pipe(toArray()))
      await begun()
      await begun('stream begins')

      const closed = app.close()
      await waitUntil(() => lifecycle.state.name === 'draining' && lifecycle.state.phase === 'drain')
      await expect(lastValueFrom(greeter.greet({ name: 'Bob' }))).rejects.toMatchObject({ code: 14 })
      gate.resolve()

      expect(await call).toEqual({ text: 'Hello Ada' })
      expect(await stream).toEqual([{ text: 'Hello Ada' }, { text: 'Bye' }])
      await closed
      expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    })

    it('cuts at the deadline', async () => {
      const { lifecycle } = await start(transport, { drainTimeoutMs: 50 })
      const call = expect(lastValueFrom(greeter.greet({ name: 'Ada' }))).rejects.toBeDefined()
      await begun()

      expect(await lifecycle.shutdown()).toMatchObject({
        outcome: 'cut',
        cut: [{ name: expect.stringContaining('Greet') }],
      })
      await call
    })
  })

  describe('of any other transport', () => {
    it('finishes what came, then closes it, once', async () => {
      const strategy = new ListTransport(log)
      const { app, lifecycle } = await start({ strategy })
      const delivered = strategy.deliver('job')
      await begun()

      const closed = app.close()
      await waitUntil(() => lifecycle.state.name === 'draining' && lifecycle.state.phase === 'drain')
      expect(log).toEqual(['begins'])
      gate.resolve()

      await delivered
      await closed
      expect(log).toEqual(['begins', 'ends', 'transport closes'])
      expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    })

    it('gives up at the deadline, and has it closed by Nest', async () => {
      const strategy = new ListTransport(log)
      const { lifecycle } = await start({ strategy }, { drainTimeoutMs: 50 })
      void strategy.deliver('job')
      await begun()

      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'cut', cut: [{ name: 'job' }] })
      expect(log).toEqual(['begins', 'transport closes'])
    })
  })
})
