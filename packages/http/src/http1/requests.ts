import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Attachment, connectionOf, noteUse } from '../connections/attachment.ts'
import { type Connection, openResponses } from '../connections/connection.ts'
import type { ProbeEndpoint } from '../probe-endpoint.ts'
import { closeAtHead } from './close-header.ts'
import { createRecentRequests } from './recent-requests.ts'

/** What a server emits for a request, by what its client expects. */
export type RequestEvent = 'request' | 'checkContinue' | 'checkExpectation'

/** What HTTP/1 requests of one server go through. */
export interface Requests {
  /** Takes a request; `true` when it must not be emitted now: that is done later, if at all. */
  receive(event: RequestEvent, request: IncomingMessage, response: ServerResponse): boolean
  /** Takes a request that turns its connection into something else. */
  upgrade(request: IncomingMessage): void
  /** Has every response whose head is not written yet say `Connection: close`. */
  lameDuck(): void
}

/** Tracks HTTP/1 requests. Before the signal, one costs a lookup. `deliver` emits what was not emitted when it came. */
export function createRequests(
  attachment: Attachment,
  probes: ProbeEndpoint,
  deliver: (event: RequestEvent, request: IncomingMessage, response: ServerResponse) => void,
): Requests {
  const { clock, connections } = attachment
  const recent = createRecentRequests(clock, ({ response }) => void response?.on('close', onResponseClose))

  function onResponseClose(this: ServerResponse): void {
    const connection = connections.get(this.req.socket)
    if (!connection) return
    forget(connection, this)
    if (!connection.response) connection.activeAt = clock.now()
    if (attachment.mode !== 'draining') return
    // Its upload may go on; the connection is idle only when that has ended too.
    if (!this.req.complete) this.req.once('close', attachment.wake)
    attachment.wake()
  }

  function track(connection: Connection, response: ServerResponse): void {
    const { response: newest, activeAt: startedAt, earlier } = connection
    if (newest?.closed === false) {
      earlier.push({ response: newest, startedAt })
      newest.on('close', onResponseClose)
    }
    connection.response = response
    const notedAt = attachment.mode === 'serving' ? recent.note(connection) : undefined
    connection.activeAt = notedAt ?? clock.now()
    if (notedAt === undefined) response.on('close', onResponseClose)
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
    receive(event, request, response) {
      const connection = connectionOf(attachment, request.socket)
      if (connection.closing) return true
      track(connection, response)
      if (attachment.mode === 'serving') return isAnswered(connection, request, response)
      sayClose(connection, response)
      // After the poll phase has parsed all that is there: the head must know which request is the last.
      setImmediate(() => {
        if (!response.destroyed && !isAnswered(connection, request, response)) deliver(event, request, response)
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
      recent.look()
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
