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
  const requests = createRequests(attachment, probes, (event, ...args) => observation.emit(event, args))
  const streams = createStreams(attachment, probes)
  const isTls = isTlsServer(attachment.server)
  let newest: Connection | undefined

  const observation = observeServer(attachment.server as EventEmitter, (event, args) => {
    switch (event) {
      case 'connection':
        attachment.accepted++
        if (isTls) openTransport(attachment, args[0] as Socket)
        else newest = connectionOf(attachment, args[0] as Socket)
        return false
      case 'secureConnection':
        newest = connectionOf(attachment, args[0] as Socket)
        return false
      case 'session':
        // Node makes the session while it emits the connection.
        if (newest) streams.open(newest, args[0] as ServerHttp2Session)
        newest = undefined
        return false
      case 'stream':
        return streams.receive(args[0] as ServerHttp2Stream, args[1] as IncomingHttpHeaders)
      case 'request':
      case 'checkContinue':
      case 'checkExpectation': {
        const [request, response] = args as [IncomingMessage, ServerResponse]
        if (isHttp2(request)) return false
        return requests.receive(event, request, response)
      }
      case 'upgrade':
      case 'connect':
        if (!isHttp2(args[0] as IncomingMessage)) requests.upgrade(args[0] as IncomingMessage)
        return false
      case 'listening':
        onListening()
        return false
      case 'close':
        attachment.gone()
        return false
      default:
        return false
    }
  })

  return {
    lameDuck() {
      requests.lameDuck()
      streams.lameDuck()
    },
    end: observation.end,
  }
}

/** Its stream has been through `stream` already. */
function isHttp2({ httpVersionMajor }: IncomingMessage): boolean {
  return httpVersionMajor === 2
}
