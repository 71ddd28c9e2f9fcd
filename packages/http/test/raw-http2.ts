import type { Socket } from 'node:net'

/** What a raw client has read. */
export interface Frames {
  /** Last stream of each GOAWAY. */
  readonly goaways: readonly number[]
  /** What each stream has sent, by its number. */
  readonly bodies: ReadonlyMap<number, string>
}

const DATA = 0
const HEADERS = 1
const PING = 6
const GOAWAY = 7
const ACK = 1
const END_STREAM_AND_HEADERS = 5

/** The client's preface and empty settings. */
export const PREFACE = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0, Buffer.alloc(0))])

/** A GET without a body, its headers uncompressed. */
export function headersFrame(stream: number, path: string): Buffer {
  const headers = { ':method': 'GET', ':scheme': 'http', ':path': path, ':authority': 'localhost' }
  const fields = Object.entries(headers).map(([name, value]) =>
    Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)]),
  )
  return frame(HEADERS, END_STREAM_AND_HEADERS, stream, Buffer.concat(fields))
}

/** Reads frames from a socket as they come, and answers pings. */
export function createFrames(socket: Socket): Frames {
  const goaways: number[] = []
  const bodies = new Map<number, string>()
  let buffer = Buffer.alloc(0)
  // A ping may be answered when the server is gone: what counts is what has come until then.
  socket.on('error', () => {})
  socket.on('data', (data: Buffer) => {
    buffer = Buffer.concat([buffer, data])
    while (buffer.length >= 9 && buffer.length >= 9 + buffer.readUIntBE(0, 3)) {
      const payload = buffer.subarray(9, 9 + buffer.readUIntBE(0, 3))
      const stream = buffer.readUInt32BE(5)
      if (buffer[3] === DATA) bodies.set(stream, (bodies.get(stream) ?? '') + payload.toString())
      if (buffer[3] === PING) socket.write(frame(PING, ACK, 0, payload))
      if (buffer[3] === GOAWAY) goaways.push(payload.readUInt32BE(0))
      buffer = buffer.subarray(9 + payload.length)
    }
  })
  return { goaways, bodies }
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}
