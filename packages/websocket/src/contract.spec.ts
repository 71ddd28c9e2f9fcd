import { attachServer } from '@lastcall/http'
import { type ContractContext, describeAdapterContract } from '@lastcall/testing/contract'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { Server as SocketIo } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { WebSocket, WebSocketServer } from 'ws'
import { drainSocketIo, drainWebSockets } from './index.ts'

/** The contract's app on a server of Node's. */
function makeServer({ lifecycle, routes, authorize }: ContractContext): Server {
  const server = createServer((request, response) => {
    const route = routes.find(({ path }) => path === request.url)
    if (!authorize(request.headers)) response.writeHead(401).end()
    else if (!route) response.writeHead(404).end()
    else void route.answer().then((answer) => Readable.from(answer).pipe(response))
  })
  attachServer(lifecycle, server)
  return server
}

async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

describeAdapterContract('@lastcall/websocket with ws, and WebSockets open,', async (context) => {
  const server = makeServer(context)
  drainWebSockets(context.lifecycle, new WebSocketServer({ server }))
  const url = await listen(server)
  await Promise.all([1, 2, 3].map(() => once(new WebSocket(`ws://${url}`), 'open')))
  return { url: `http://${url}` }
})

describeAdapterContract('@lastcall/websocket with Socket.IO, and connections open,', async (context) => {
  const server = makeServer(context)
  drainSocketIo(context.lifecycle, new SocketIo(server))
  const url = await listen(server)
  const clients = ['websocket', 'polling'].map((transport) =>
    connect(`http://${url}`, { transports: [transport], forceNew: true, reconnection: false }),
  )
  await Promise.all(clients.map((client) => new Promise((resolve) => client.once('connect', () => resolve(client)))))
  return { url: `http://${url}` }
})
