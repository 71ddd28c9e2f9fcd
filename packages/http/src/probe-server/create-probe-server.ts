import type { ProbeAnswer, ProbeRequest } from '@lastcall/core'
import { createServer, type Server } from 'node:http'

/** A prober asks once a second at most; these bounds are wide for it, and tight for whoever would wear the port out. */
const LIMITS = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const
const MAX_CONNECTIONS = 256
const IDLE_TIMEOUT_MS = 10_000

const NOT_FOUND: ProbeAnswer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: 'no such probe\n',
}

/** A server that answers probes and nothing else, one request per connection. `undefined` is answered with 404. */
export function createProbeServer(answer: (request: ProbeRequest) => ProbeAnswer | undefined): Server {
  const server = createServer(LIMITS, (request, response) => {
    const { method = 'GET', url = '/', headers } = request
    const answered = answer({ method, url, headers }) ?? NOT_FOUND
    response.statusCode = answered.status
    response.setHeaders(new Map(Object.entries({ ...answered.headers, connection: 'close' })))
    response.end(answered.body)
  })
  server.maxConnections = MAX_CONNECTIONS
  server.timeout = IDLE_TIMEOUT_MS
  return server
}
