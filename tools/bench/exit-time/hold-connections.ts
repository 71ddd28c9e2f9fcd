// Opens keep-alive connections to a service, one answered request on each, and holds them: a client's process.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { FromClient } from './messages.ts'

const [port = 0, count = 0] = process.argv.slice(2).map(Number)
/** At a time: more would overflow the listener's backlog. */
const OPENING = 50

const say = (message: FromClient): void => void process.send?.(message)
const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`
const now = (): number => performance.timeOrigin + performance.now()

async function open(): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  // What the service closes, and how, is not what is measured here.
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(request('/'))
  await once(socket, 'data')
  return socket.resume()
}

let opened = 0
let newest: Socket | undefined
await Promise.all(
  Array.from({ length: OPENING }, async () => {
    while (opened < count) {
      opened++
      newest = await open()
    }
  }),
)

process.on('message', () => {
  // An answer comes in one piece; a connection that ends without one was cut.
  newest?.once('data', () => say({ kind: 'answered', at: now() })).once('close', () => say({ kind: 'closed' }))
  newest?.write(request('/slow'), () => say({ kind: 'sent' }))
})
process.on('disconnect', () => process.exit())
say({ kind: 'held' })
