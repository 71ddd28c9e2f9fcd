import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'

type HeadersArgument = OutgoingHttpHeaders | OutgoingHttpHeader[] | readonly (readonly [string, string])[] | undefined

/**
 * Makes a response say `Connection: close` when its head is written, whatever the handler said, if `decide` agrees at
 * that moment. The head comes late enough to know what else the connection has brought.
 */
export function closeAtHead(response: ServerResponse, decide: () => boolean): void {
  const { writeHead } = response
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    if (this.headersSent || !decide()) return Reflect.apply(writeHead, this, [status, ...rest])
    const reason = typeof rest[0] === 'string' ? [rest[0]] : []
    const headers = (rest[reason.length] ?? rest[1]) as HeadersArgument
    this.removeHeader('keep-alive')
    return Reflect.apply(writeHead, this, [status, ...reason, withClose(headers)])
  } as ServerResponse['writeHead']
}

/** The headers in the shape that they came in, as each shape means something of its own to Node. */
function withClose(headers: HeadersArgument): HeadersArgument {
  if (!Array.isArray(headers)) {
    const entries = Object.entries(headers ?? {}).filter(([name]) => !isPersistence(name))
    return { ...Object.fromEntries(entries), Connection: 'close' }
  }
  if (Array.isArray(headers[0])) {
    return [...(headers as [string, string][]).filter(([name]) => !isPersistence(name)), ['Connection', 'close']]
  }
  const flat = headers
  const kept = flat.filter((_, index) => !isPersistence(String(flat[index - (index % 2)])))
  return [...kept, 'Connection', 'close']
}

function isPersistence(name: string): boolean {
  const lower = name.toLowerCase()
  return lower === 'connection' || lower === 'keep-alive'
}
