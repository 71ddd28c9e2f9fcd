/** The head of a response; header names in lower case. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The connection is not to be used again: it says so, or the protocol does. */
  readonly close: boolean
}

/** Reads one HTTP/1 response after another, piece by piece. */
export interface ResponseParser {
  /** The head of the response that is being read. */
  readonly head: ResponseHead | undefined
  /** Something of a response has come that has not come to its end. */
  readonly begun: boolean
  /** Takes what came in; whether a response is now complete. Throws on what is not HTTP/1. */
  feed(chunk: Buffer): boolean
  /** The connection has ended; whether that completes the response. */
  end(): boolean
  /** Goes on to the next response. */
  reset(): void
}

type Body = { kind: 'length'; left: number } | { kind: 'chunked'; left: number; last: boolean } | { kind: 'untilEnd' }

const LINE_END = '\r\n'

/** Makes a parser of the responses to requests that are not HEAD. */
export function createResponseParser(): ResponseParser {
  let pending: Buffer = Buffer.alloc(0)
  let head: ResponseHead | undefined
  let body: Body | undefined

  function readHead(): boolean {
    const end = pending.indexOf(LINE_END + LINE_END)
    if (end < 0) return false
    const parsed = parseHead(pending.toString('latin1', 0, end))
    pending = pending.subarray(end + 4)
    // Interim responses, such as 100, come before the one that counts.
    if (parsed.status >= 100 && parsed.status < 200 && parsed.status !== 101) return readHead()
    head = parsed
    body = bodyOf(parsed)
    return true
  }

  function readBody(): boolean {
    if (body?.kind === 'length') {
      const taken = Math.min(body.left, pending.length)
      body.left -= taken
      pending = pending.subarray(taken)
      return body.left === 0
    }
    if (body?.kind === 'chunked') return readChunks(body)
    pending = Buffer.alloc(0)
    return false
  }

  function readChunks(chunked: Extract<Body, { kind: 'chunked' }>): boolean {
    for (;;) {
      const taken = Math.min(chunked.left, pending.length)
      chunked.left -= taken
      pending = pending.subarray(taken)
      if (chunked.left > 0) return false
      const end = pending.indexOf(LINE_END)
      if (end < 0) return false
      const line = pending.toString('latin1', 0, end)
      pending = pending.subarray(end + 2)
      if (chunked.last) {
        // Trailers end with an empty line.
        if (line === '') return true
      } else if (line !== '') {
        const size = Number.parseInt(line, 16)
        if (Number.isNaN(size)) throw new Error('the size of a chunk is no number')
        chunked.left = size
        chunked.last = size === 0
      }
    }
  }

  return {
    get head() {
      return head
    },
    get begun() {
      return head !== undefined || pending.length > 0
    },
    feed(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
      return (head !== undefined || readHead()) && readBody()
    },
    end: () => head !== undefined && body?.kind === 'untilEnd',
    reset() {
      head = undefined
      body = undefined
    },
  }
}

function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split(LINE_END)
  const [, minor, status] = /^HTTP\/1\.([01]) (\d{3})/.exec(first) ?? []
  if (status === undefined) throw new Error('it does not answer with HTTP/1')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const connection = headers.connection ?? ''
  const close = /\bclose\b/i.test(connection) || (minor === '0' && !/\bkeep-alive\b/i.test(connection))
  return { status: Number(status), headers, close }
}

function bodyOf({ status, headers }: ResponseHead): Body {
  if (status === 101 || status === 204 || status === 304) return { kind: 'length', left: 0 }
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return { kind: 'chunked', left: 0, last: false }
  const length = headers['content-length']
  return length === undefined ? { kind: 'untilEnd' } : { kind: 'length', left: Number(length) }
}
