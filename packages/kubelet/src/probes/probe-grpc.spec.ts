import { createFakeClock } from '@lastcall/core/testing'
import { type handleUnaryCall, Server, ServerCredentials, status } from '@grpc/grpc-js'
import { HealthImplementation, service } from 'grpc-health-check'
import { afterEach, describe, expect, it } from 'vitest'
import { serveTcp } from '../../test/serve.ts'
import { runProbe } from './run-probe.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.forceShutdown()
})

function serve(add: (server: Server) => void): Promise<number> {
  const server = new Server()
  servers.push(server)
  add(server)
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
}

const serveCheck = (check: handleUnaryCall<unknown, unknown>) =>
  serve((server) => server.addService(service, { check, watch: () => undefined }))

const probe = (port: number, name = '') =>
  runProbe({ type: 'grpc', port: 50_051, service: name }, { ports: { 50_051: port } }, { timeoutMs: 30_000 })

describe('probeGrpc', () => {
  it('succeeds when the service says SERVING', async () => {
    const health = new HealthImplementation({ '': 'NOT_SERVING', orders: 'SERVING' })
    const port = await serve((server) => health.addToServer(server))
    expect(await probe(port, 'orders')).toEqual({ outcome: 'success', message: 'service healthy' })
  })

  it.each(['NOT_SERVING', 'UNKNOWN'] as const)('fails when the service says %s', async (answer) => {
    const port = await serve((server) => new HealthImplementation({ '': answer }).addToServer(server))
    expect(await probe(port)).toEqual({
      outcome: 'failure',
      message: `service unhealthy (responded with "${answer}")`,
    })
  })

  it('fails when the server does not know the service', async () => {
    const port = await serve((server) => new HealthImplementation({}).addToServer(server))
    const { outcome, message } = await probe(port, 'orders')
    expect(outcome).toBe('failure')
    expect(message).toMatch(/^health rpc probe failed: 5 NOT_FOUND/)
  })

  it('fails when the server has no health service', async () => {
    const { outcome, message } = await probe(await serve(() => undefined))
    expect(outcome).toBe('failure')
    expect(message).toMatch(/^health rpc probe failed: 12 UNIMPLEMENTED/)
  })

  it('says who asks', async () => {
    const agent = Promise.withResolvers<string>()
    const port = await serveCheck((call, reply) => {
      agent.resolve(String(call.metadata.get('user-agent')))
      reply({ code: status.INTERNAL })
    })
    expect(await probe(port)).toMatchObject({ outcome: 'failure' })
    expect(await agent.promise).toMatch(/^kube-probe\/1\.34 /)
  })

  it('fails when the call takes too long', async () => {
    const clock = createFakeClock()
    const asked = Promise.withResolvers<void>()
    const port = await serveCheck(() => asked.resolve())
    const result = runProbe({ type: 'grpc', port, service: '' }, {}, { timeoutMs: 1000, clock })
    await asked.promise
    await clock.advance(1000)
    expect(await result).toEqual({
      outcome: 'failure',
      message: 'health rpc probe failed: no answer within 1000 ms',
    })
  })

  it('waits for the connection until the time is over, and has failed then', async () => {
    const clock = createFakeClock()
    const { port, [Symbol.asyncDispose]: close } = await serveTcp()
    await close()
    const result = runProbe({ type: 'grpc', port, service: '' }, {}, { timeoutMs: 1000, clock })
    await clock.advance(1000)
    expect(await result).toEqual({
      outcome: 'failure',
      message: `failed to connect service at "127.0.0.1:${port}": no answer within 1000 ms`,
    })
  })
})
