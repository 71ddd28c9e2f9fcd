import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Attachment, connectionOf, noteUse } from '../connections/attachment.ts'
import { type Connection, openResponses } from '../connections/connection.ts'
import type { ProbeEndpoint } from '../probe-endpoint.ts'
import { closeAtHead } from './close-header.ts'

/** What HTTP/1 requests of one server go through. */
export interface Requests {
  /** Takes a request; `true` when it must not be emitted now: `deliver` does that later, if at all. */
  receive(request: IncomingMessage, response: ServerResponse, deliver: () => void): boolean
  /** Takes a request that turns its connection into something else. */
  upgrade(request: IncomingMessage): void
  /** Has every response whose head is not written yet say `Connection: close`. */
  lameDuck(): void
}

/** Tracks HTTP/1 requests. Before the signal, one costs a lookup and a shared listener. */
export function createRequests(attachment: Attachment, probes: ProbeEndpoint): Requests {
  const { clock, connections } = attachment

  function onResponseClose(this: ServerResponse): void {
    const connection = connections.get(this.req.socket)
    if (!connection) return
    forget(connection, this)
    if (attachment.mode !== 'draining') return
    connection.activeAt = clock.now()
    // Its upload may go on; the connection is idle only when that has ended too.
    if (!this.req.complete) this.req.once('close', attachment.wake)
    attachment.wake()
  }

  function track(connection: Connection, response: ServerResponse): void {
    const { response: newest, activeAt: startedAt, earlier } = connection
    if (newest) earlier.push({ response: newest, startedAt })
    connection.response = response
    connection.activeAt = clock.now()
    response.on('close', onResponseClose)
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

  function isAnswered(connection: Connection, request: IncomingMessage, response: ServerResponse): boolean {
    if (probes.answer(request, response)) return true
    noteUse(attachment, connection)
    return false
  }

  return {
    receive(request, response, deliver) {
      const connection = connectionOf(attachment, request.socket)
      if (connection.closing) return true
      track(connection, response)
      if (attachment.mode === 'serving') return isAnswered(connection, request, response)
      sayClose(connection, response)
      // After the poll phase has parsed all that is there: the head must know which request is the last.
      setImmediate(() => {
        if (!response.destroyed && !isAnswered(connection, request, response)) deliver()
      })
      return true
    },
    upgrade(request) {
      const connection = connectionOf(attachment, request.socket)
      connection.upgrade = request
      connection.activeAt = clock.now()
      noteUse(attachment, connection)
    },
    lameDuck() {
      for (const connection of connections.values()) {
        for (const { response } of openResponses(connection)) sayClose(connection, response)
      }
    },
  }
}

function forget(connection: Connection, response: ServerResponse): void {
  if (connection.response === response) {
    connection.response = undefined
    return
  }
  const index = connection.earlier.findIndex((open) => open.response === response)
  if (index >= 0) connection.earlier.splice(index, 1)
}
