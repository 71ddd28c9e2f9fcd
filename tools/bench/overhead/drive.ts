import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** As a proxy sends it. */
const HEADERS = [
  'Host: orders.example',
  'User-Agent: bench/1.0',
  'Accept: application/json, text/plain, */*',
  'Accept-Encoding: gzip, br',
  'X-Request-Id: 5f2c9a4e7b1d4c3f',
  'X-Forwarded-For: 192.0.2.60',
]
const requestFor = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\n${HEADERS.join('\r\n')}\r\n\r\n`)

/** Connections to one server, each with one request under way at a time. */
export interface Driver {
  /** Sends so many requests for a path and reads the answers. */
  send(path: string, count: number): Promise<void>
  /** Closes them. */
  close(): void
}

/** Connects to a server whose answers all have the same length. */
export async function createDriver(port: number, connections: number): Promise<Driver> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const answerLength = await lengthOfAnswer(sockets[0] as Socket)

  return {
    async send(path, count) {
      const request = requestFor(path)
      let toSend = count
      await Promise.all(
        sockets.map(
          (socket) =>
            new Promise<void>((resolve, reject) => {
              let missing = 0
              const next = (): void => {
                if (toSend === 0) {
                  socket.off('data', onData).off('close', onClose)
                  return resolve()
                }
                toSend--
                missing = answerLength
                socket.write(request)
              }
              const onData = (chunk: Buffer): void => {
                missing -= chunk.length
                if (missing === 0) next()
              }
              const onClose = (): void => reject(new Error(`The server on port ${port} closed a connection.`))
              socket.on('data', onData).on('close', onClose)
              next()
            }),
        ),
      )
    },
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

async function lengthOfAnswer(socket: Socket): Promise<number> {
  socket.write(requestFor('/'))
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  return chunk.length
}
