import { createLifecycle, type ProbeCheck } from '@lastcall/core'
import { createFakeProcess, findFreePort, waitUntil } from '@lastcall/testing'
import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'
import { HttpModule } from '@nestjs/axios'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type GrpcOptions, type MicroserviceOptions, type TcpClientOptions, Transport } from '@nestjs/microservices'
import {
  DiskHealthIndicator,
  GRPCHealthIndicator,
  HttpHealthIndicator,
  MemoryHealthIndicator,
  MicroserviceHealthIndicator,
  MongooseHealthIndicator,
  PrismaHealthIndicator,
  TerminusModule,
  TypeOrmHealthIndicator,
} from '@nestjs/terminus'
import { HealthImplementation } from 'grpc-health-check'
import mongoose from 'mongoose'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DataSource } from 'typeorm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPrismaClient } from '../../test/fixtures/create-prisma-client.ts'
import { LastcallModule, terminusCheck } from '../index.ts'
import type { IndicatorRun } from './terminus-check.ts'

/** What each indicator says of something that is well, and of something that is not. */
interface Case {
  readonly up?: IndicatorRun
  readonly down: IndicatorRun
  /** What `down` says. */
  readonly says: RegExp
}

const NAMES = ['http', 'typeorm', 'mongoose', 'prisma', 'heap', 'rss', 'disk', 'tcp', 'grpc'] as const
type Name = (typeof NAMES)[number]

describe("Terminus's own indicators as checks", () => {
  const lifecycle = createLifecycle({ process: createFakeProcess(), details: 'always' })
  const ends: (() => unknown)[] = [() => lifecycle.dispose()]
  let cases: Readonly<Record<Name, Case>>

  beforeAll(async () => {
    @Module({ imports: [LastcallModule.forRoot({ lifecycle }), TerminusModule, HttpModule] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false })
    ends.unshift(() => app.close())
    cases = await createCases((indicator) => app.resolve(indicator), ends)
    for (const [name, { up, down }] of Object.entries(cases)) {
      // A busy machine must not make them late.
      const policy = { timeoutMs: 30_000, critical: false }
      if (up) lifecycle.check(terminusCheck({ ...policy, name: `${name} up`, run: up }))
      lifecycle.check(terminusCheck({ ...policy, name: `${name} down`, run: down }))
    }
    await lifecycle.start()
    const isObserved = ({ name, observedAt }: ProbeCheck) => name === 'lifecycle' || observedAt !== undefined
    await waitUntil(() => lifecycle.probe('readiness').checks.every(isObserved), { timeoutMs: 40_000 })
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  it.each(NAMES)('%s', (name) => {
    const { checks } = lifecycle.probe('readiness')
    const find = (state: string) => checks.find((check) => check.name === `${name} ${state}`)
    // No MongoDB runs here: a connection that is real, and not connected, shows one side alone.
    if (cases[name].up) expect(find('up')).toMatchObject({ status: 'pass' })
    expect(find('down')).toMatchObject({ status: 'warn' })
    expect(find('down')?.output).toMatch(cases[name].says)
  })
})

type Resolve = <Indicator>(indicator: abstract new (...args: never[]) => Indicator) => Promise<Indicator>

async function createCases(resolve: Resolve, ends: (() => unknown)[]): Promise<Record<Name, Case>> {
  const [http, typeOrm, mongo, prisma, memory, disk, microservice, grpc] = await Promise.all([
    resolve(HttpHealthIndicator),
    resolve(TypeOrmHealthIndicator),
    resolve(MongooseHealthIndicator),
    resolve(PrismaHealthIndicator),
    resolve(MemoryHealthIndicator),
    resolve(DiskHealthIndicator),
    resolve(MicroserviceHealthIndicator),
    resolve(GRPCHealthIndicator),
  ] as const)
  // Their own timeouts are those of Terminus, and the machine may be busy.
  const timeout = 30_000

  const server = createServer((request, response) => response.writeHead(request.url === '/up' ? 200 : 500).end())
  ends.push(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const [connected, destroyed] = await Promise.all([openDatabase(), openDatabase()])
  await destroyed.destroy()
  ends.push(() => connected.destroy())

  const [open, closed] = await Promise.all([createPrismaClient(), createPrismaClient()])
  closed.close()
  ends.push(() => open.close())

  const tcp = async (port: number): Promise<TcpClientOptions> => ({
    ...{ transport: Transport.TCP, options: { host: '127.0.0.1', port } },
  })
  const [here, nowhere] = [await tcp(await startMicroservice(ends)), await tcp(await findFreePort())]
  const grpcUrl = await startGrpc(ends)
  const ask = (service: string) => () =>
    grpc.checkService<GrpcOptions>('orders', service, { url: grpcUrl, timeout, package: 'grpc.health.v1' })

  return {
    http: {
      up: () => http.pingCheck('api', `${url}/up`),
      down: () => http.pingCheck('api', `${url}/down`),
      says: /^api is down: Request failed with status code 500$/,
    },
    typeorm: {
      up: () => typeOrm.pingCheck('db', { connection: connected, timeout }),
      down: () => typeOrm.pingCheck('db', { connection: destroyed, timeout }),
      says: /^db is down/,
    },
    mongoose: {
      down: () => mongo.pingCheck('mongo', { connection: mongoose.createConnection(), timeout }),
      says: /^mongo is down/,
    },
    prisma: {
      up: () => prisma.pingCheck('db', open.prisma, { timeout }),
      down: () => prisma.pingCheck('db', closed.prisma, { timeout }),
      says: /^db is down/,
    },
    heap: {
      up: () => memory.checkHeap('heap', Number.MAX_SAFE_INTEGER),
      down: () => memory.checkHeap('heap', 1),
      says: /^heap is down: Used heap exceeded the set threshold$/,
    },
    rss: {
      up: () => memory.checkRSS('rss', Number.MAX_SAFE_INTEGER),
      down: () => memory.checkRSS('rss', 1),
      says: /^rss is down/,
    },
    disk: {
      up: () => disk.checkStorage('disk', { path: '/', thresholdPercent: 1 }),
      down: () => disk.checkStorage('disk', { path: '/', threshold: 0 }),
      says: /^disk is down/,
    },
    tcp: {
      up: () => microservice.pingCheck<TcpClientOptions>('orders', { ...here, timeout }),
      down: () => microservice.pingCheck<TcpClientOptions>('orders', { ...nowhere, timeout }),
      says: /^orders is down/,
    },
    grpc: { up: ask('up'), down: ask('down'), says: /^orders is down/ },
  }
}

async function openDatabase(): Promise<DataSource> {
  return new DataSource({ type: 'sqljs', entities: [] }).initialize()
}

async function startMicroservice(ends: (() => unknown)[]): Promise<number> {
  @Module({})
  class Empty {}
  const port = await findFreePort()
  const transport = { transport: Transport.TCP, options: { host: '127.0.0.1', port } } as const
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(Empty, { ...transport, logger: false })
  await app.listen()
  ends.push(() => app.close())
  return port
}

async function startGrpc(ends: (() => unknown)[]): Promise<string> {
  const server = new GrpcServer()
  const health = new HealthImplementation({ up: 'SERVING', down: 'NOT_SERVING' })
  health.addToServer(server)
  ends.push(() => server.forceShutdown())
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  )
  return `127.0.0.1:${port}`
}
