// A user's program: compiled as an ES module and as CommonJS, run from the installed packages.
import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLifecycle, type Lifecycle, LastcallError, type ShutdownReport } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import { lastcall as lastcallForExpress } from '@lastcall/express'
import { lastcall } from '@lastcall/fastify'
import { attachGrpcServer } from '@lastcall/grpc'
import { lastcall as lastcallForHono } from '@lastcall/hono'
import { attachServer, serveProbes } from '@lastcall/http'
import { lastcall as lastcallForKoa } from '@lastcall/koa'
import { createEventStreams, drainSocketIo, drainWebSockets } from '@lastcall/websocket'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { Server as SocketIo } from 'socket.io'
import { WebSocket, WebSocketServer } from 'ws'

async function expectStatus(address: string, wanted: number): Promise<void> {
  const { status } = await fetch(address)
  if (status !== wanted) throw new Error(`${address} answered ${status}, not ${wanted}`)
}

async function expectClean(shutdown: Promise<ShutdownReport>): Promise<void> {
  const { outcome, errors } = await shutdown
  if (outcome !== 'clean') throw new Error(`the shutdown was ${outcome}: ${errors.join(', ')}`)
}

async function liveOnHttp(lifecycle: Lifecycle): Promise<void> {
  const server = createServer((_request, response) => response.end('hello\n'))
  attachServer(lifecycle, server)
  await once(server.listen(0), 'listening')
  const probes = await serveProbes(lifecycle, { port: 0 })
  await lifecycle.start()
  await expectStatus(`http://localhost:${(server.address() as AddressInfo).port}/readyz`, 200)
  await expectStatus(`http://localhost:${probes.address.port}/livez`, 200)
  await expectClean(lifecycle.shutdown('done'))
}

async function liveOnMiddleware(listen: (lifecycle: Lifecycle) => Server): Promise<void> {
  const lifecycle = createLifecycle({ name: 'orders', signals: false, exit: false })
  const server = listen(lifecycle)
  attachServer(lifecycle, server)
  await once(server, 'listening')
  await lifecycle.start()
  const address = `http://localhost:${(server.address() as AddressInfo).port}`
  await expectStatus(`${address}/readyz`, 200)
  const text = await (await fetch(address)).text()
  if (text !== 'orders') throw new Error(`${address} answered ${text}, not orders`)
  await expectClean(lifecycle.shutdown('done'))
}

function listenOnExpress(lifecycle: Lifecycle): Server {
  const app = express()
  app.use(lastcallForExpress(lifecycle))
  app.get('/', (request, response) => void response.send(request.lifecycle.name))
  return app.listen(0)
}

function listenOnKoa(lifecycle: Lifecycle): Server {
  const app = new Koa()
  app.use(lastcallForKoa(lifecycle))
  app.use((ctx) => void (ctx.body = ctx.state.lifecycle.name))
  return app.listen(0)
}

async function liveOnHono(): Promise<void> {
  const lifecycle = createLifecycle({ name: 'orders', signals: false, exit: false })
  const app = new Hono()
  app.use(lastcallForHono(lifecycle))
  app.get('/', (c) => c.text(c.get('lifecycle').name))
  await lifecycle.start()
  const [{ status }, answer] = [await app.request('/readyz'), await app.request('/')]
  if (status !== 200 || (await answer.text()) !== 'orders') throw new Error('Hono answered something else')
  await expectClean(lifecycle.shutdown('done'))
}

async function liveOnFastify(): Promise<void> {
  const app = fastify()
  await app.register(lastcall, { signals: false, exit: false })
  app.get('/', () => 'hello\n')
  const address = await app.listen({ port: 0 })
  await expectStatus(address, 200)
  await expectClean(app.lifecycle.shutdown('done'))
}

async function liveOnGrpc(lifecycle: Lifecycle): Promise<void> {
  const server = new GrpcServer()
  attachGrpcServer(lifecycle, server, { services: { orders: 'readiness' } })
  await new Promise<void>((resolve, reject) => {
    server.bindAsync('localhost:0', ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve()))
  })
  await lifecycle.start()
  await expectClean(lifecycle.shutdown('done'))
}

async function liveOnWebSockets(lifecycle: Lifecycle): Promise<void> {
  const streams = createEventStreams(lifecycle)
  const server = createServer((_request, response) => streams.open(response))
  attachServer(lifecycle, server)
  drainSocketIo(lifecycle, new SocketIo(server))
  const webSockets = new WebSocketServer({ port: 0 })
  drainWebSockets(lifecycle, webSockets)
  await once(server.listen(0), 'listening')
  await lifecycle.start()
  const client = new WebSocket(`ws://localhost:${(webSockets.address() as AddressInfo).port}`)
  const closed = once(client, 'close')
  await once(client, 'open')
  const events = await fetch(`http://localhost:${(server.address() as AddressInfo).port}`)
  await expectClean(lifecycle.shutdown('done'))
  const [code] = (await closed) as [number]
  if (code !== 1001) throw new Error(`the WebSocket was closed with ${code}, not 1001`)
  const text = await events.text()
  if (!text.startsWith('retry: ')) throw new Error(`the stream of events begins with ${text}`)
}

async function main(): Promise<void> {
  await liveOnHttp(createLifecycle({ name: 'consumer', signals: false, exit: false }))
  await liveOnFastify()
  await liveOnMiddleware(listenOnExpress)
  await liveOnMiddleware(listenOnKoa)
  await liveOnHono()
  await liveOnGrpc(createLifecycle({ name: 'consumer', signals: false, exit: false }))
  await liveOnWebSockets(createLifecycle({ name: 'consumer', signals: false, exit: false }))
  if (createFakeClock(7).now() !== 7) throw new Error('the fake clock is not at its start')
  if (!(new LastcallError('LASTCALL_TIMEOUT', '') instanceof Error)) throw new Error('LastcallError is no Error')
}

void main()
