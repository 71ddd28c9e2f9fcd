import type { Lifecycle, ProbePaths } from '@lastcall/core'
import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { isTlsServer } from './attachable-server.ts'
import { type Attachment, connectionOf, openTransport } from './connections/attachment.ts'
import type { Connection } from './connections/connection.ts'
import { createRequests } from './http1/requests.ts'
import { createStreams } from './http2/streams.ts'
import { observeServer } from './observe-server.ts'
import { createProbeEndpoint } from './probe-endpoint.ts'

/** What happens on the connections of one server. */
export interface ObservedConnections {
  /** Has the request be known that is in its handler at this moment. */
  catchUp(): void
  /** From now on clients are told to go elsewhere. */
  lameDuck(): void
  /** Stops observing. */
  end(): void
}

/** Brings each event of a server to whoever tracks it; `onListening` hears when it listens. */
export function observeConnections(
  lifecycle: Lifecycle,
  attachment: Attachment,
  paths: ProbePaths | false,
  onListening: () => void,
): ObservedConnections {
  const probes = createProbeEndpoint(lifecycle, paths)
  const server: EventEmitter = attachment.server
  const requests = createRequests(attachment, probes, server.emit)
  const streams = createStreams(attachment, probes)
  const isTls = isTlsServer(attachment.server)
  let newest: Connection | undefined

  function observe(event: string | symbol, first: unknown, second: unknown): boolean {
    switch (event) {
      case 'connection':
        attachment.accepted++
        if (isTls) openTransport(attachment, first as Socket)
        else newest = connectionOf(attachment, first as Socket)
        return false
      case 'secureConnection':
        newest = connectionOf(attachment, first as Socket)
        return false
      case 'session':
        // Node makes the session while it emits the connection.
        if (newest) streams.open(newest, first as ServerHttp2Session)
        newest = undefined
        return false
      case 'stream':
        return streams.receive(first as ServerHttp2Stream, second as IncomingHttpHeaders)
      case 'upgrade':
      case 'connect':
        if (!isHttp2(first as IncomingMessage)) requests.upgrade(first as IncomingMessage)
        return false
      case 'listening':
        onListening()
        return false
      case 'close':
        attachment.closed()
        return false
      default:
        return false
    }
  }

  const end = observeServer(server, (event, first, second) => {
    if (event !== 'request' && event !== 'checkContinue' && event !== 'checkExpectation') {
      return observe(event, first, second)
    }
    const request = first as IncomingMessage
    if (isHttp2(request)) return false
    requests.receive(event, request, second as ServerResponse)
    return true
  })

  return {
    catchUp: requests.catchUp,
    lameDuck() {
      requests.lameDuck()
      streams.lameDuck()
    },
    end,
  }
}

/** Its stream has been through `stream` already. */
function isHttp2({ httpVersionMajor }: IncomingMessage): boolean {
  return httpVersionMajor === 2
}
