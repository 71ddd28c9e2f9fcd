import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Attachment, connectionOf, noteRest, noteUse } from '../connections/attachment.ts'
import { type Connection, openResponses } from '../connections/connection.ts'
import type { ProbeEndpoint } from '../probe-endpoint.ts'
import { closeAtHead } from './close-header.ts'
import { createRecentRequests } from './recent-requests.ts'

/** What a server emits for a request, by what its client expects. */
export type RequestEvent = 'request' | 'checkContinue' | 'checkExpectation'

/** What HTTP/1 requests of one server go through. */
export interface Requests {
  /** Takes a request, and emits it to the server's listeners at once, later, or never. */
  receive(event: RequestEvent, request: IncomingMessage, response: ServerResponse): void
  /** Takes a request that turns its connection into something else. */
  upgrade(request: IncomingMessage): void
  /** Takes note of what is not over of the last few milliseconds, and of what is in its handler at this moment. */
  catchUp(): void
  /** Has every response whose head is not written yet say `Connection: close`. */
  lameDuck(): void
}

/**
 * Tracks HTTP/1 requests. Before the signal, one that its handler answers at once leaves no trace: nothing is looked up
 * or kept for it. `emit` is the server's own.
 */
export function createRequests(attachment: Attachment, probes: ProbeEndpoint, emit: EventEmitter['emit']): Requests {
  const { server, clock, connections, busy } = attachment
  const recent = createRecentRequests(attachment, ({ response }) => void response?.on('close', onResponseClose))
  let handled: ServerResponse | undefined

  function onResponseClose(this: ServerResponse): void {
    const connection = connections.get(this.req.socket)
    if (!connection) return
    forget(connection, this)
    noteRest(attachment, connection)
    if (!connection.response) connection.activeAt = clock.now()
    if (attachment.mode !== 'draining') return
    // Its upload may go on; the connection is idle only when that has ended too.
    if (!this.req.complete) this.req.once('close', attachment.wake)
    attachment.wake()
  }

  function track(connection: Connection, response: ServerResponse): void {
    const { response: newest, activeAt: startedAt, earlier } = connection
    if (newest?.closed === false) {
      connection.earlier = [...earlier, { response: newest, startedAt }]
      newest.on('close', onResponseClose)
    }
    connection.response = response
  }

  function remember(response: ServerResponse): void {
    const connection = connectionOf(attachment, response.req.socket)
    if (connection.response === response) return
    track(connection, response)
    recent.goOn(connection)
  }

  function catchUp(): void {
    if (handled) remember(handled)
    recent.look()
  }

  function noteRequest({ socket }: IncomingMessage): void {
    if (attachment.unused > 0) noteUse(attachment, connectionOf(attachment, socket))
    attachment.isQuick = attachment.unused === 0
  }

  function serveLast(event: RequestEvent, request: IncomingMessage, response: ServerResponse): void {
    const connection = connectionOf(attachment, request.socket)
    if (connection.closing) return
    track(connection, response)
    connection.activeAt = clock.now()
    busy.add(connection)
    response.on('close', onResponseClose)
    sayClose(connection, response)
    // After the poll phase has parsed all that is there: the head must know which request is the last.
    setImmediate(() => {
      if (response.destroyed || probes.answer(request, response)) return
      noteUse(attachment, connection)
      emit.call(server, event, request, response)
    })
  }

  /** Only on the last response that the client waits for: Node closes after it, and drops what comes behind. */
  function sayClose(connection: Connection, response: ServerResponse): void {
    closeAtHead(response, () => {
      // Closing under an upload would reset the connection before the client has read the response.
      const isLast = connection.response === response && response.req.complete
      connection.closing ||= isLast
      return isLast
    })
  }

  return {
    receive(event, request, response) {
      // All but a few requests are quick where there are many: that way must stay short.
      const { isQuick, mode } = attachment
      if (!isQuick) {
        if (mode !== 'serving') return serveLast(event, request, response)
        recent.begin()
      }
      const outer = handled
      handled = response
      try {
        if (probes.mayAnswer(request.url) && probes.answer(request, response)) return
        if (!isQuick) noteRequest(request)
        emit.call(server, event, request, response)
      } finally {
        if (!isWritten(response)) remember(response)
        handled = outer
      }
    },
    upgrade(request) {
      const connection = connectionOf(attachment, request.socket)
      connection.upgrade = request
      connection.activeAt = clock.now()
      busy.add(connection)
      noteUse(attachment, connection)
    },
    catchUp,
    lameDuck() {
      recent.look()
      for (const connection of busy) {
        for (const { response } of openResponses(connection)) {
          if (response.headersSent) connection.invited = true
          else sayClose(connection, response)
        }
      }
    },
  }
}

function forget(connection: Connection, response: ServerResponse): void {
  if (connection.response === response) connection.response = undefined
  else connection.earlier = connection.earlier.filter((open) => open.response !== response)
}

/** Whether all of it is in the kernel's hands: it closes before anything else happens. */
function isWritten({ writableEnded, socket }: ServerResponse): boolean {
  return writableEnded && socket?.writableLength === 0
}
