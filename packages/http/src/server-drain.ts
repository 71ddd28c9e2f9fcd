import type { Lifecycle, Timer, Work } from '@lastcall/core'
import { emptyAcceptQueue } from './accept-queue.ts'
import type { AttachableServer } from './attachable-server.ts'
import { closeFinished, NEXT_REQUEST_MS } from './close-finished.ts'
import type { Attachment } from './connections/attachment.ts'
import { cutConnections } from './cut-connections.ts'
import { joinClose, stopListening } from './stop-listening.ts'

/** How one server comes to its end. */
export interface ServerDrain {
  readonly attachment: Attachment
  /** Stops listening and closes each connection the moment nothing more comes from it; resolves when all are gone. */
  drain(): Promise<void>
  /** Destroys what is left and says what was cut. */
  abort(): readonly Work[]
  /** Lets go of the server. */
  end(): void
}

/** Between two looks at all connections, in milliseconds: ten thousand streams may end one by one. */
const REST_MS = 25

/** How long the accept queue may take to empty, in milliseconds, and as a share of the drain. */
const ACCEPT_LIMIT_MS = 5000
const ACCEPT_SHARE = 1 / 2

/** Makes the drain of one server. */
export function createServerDrain({ clock, options }: Lifecycle, server: AttachableServer): ServerDrain {
  const drained = Promise.withResolvers<void>()
  let hasStopped = false
  let timer: Timer
  let lookAt = Infinity
  let restoreClose: (() => void) | undefined

  const attachment: Attachment = {
    server,
    clock,
    mode: 'serving',
    connections: new Map(),
    busy: new Set(),
    transports: new Map(),
    hasListened: server.listening,
    accepted: 0,
    unused: 0,
    isQuick: false,
    endedAt: -Infinity,
    lastConnectionAt: undefined,
    wake: () => lookBy(clock.now() + NEXT_REQUEST_MS),
    onSocketClose() {
      const connection = attachment.connections.get(this)
      if (connection) {
        if (!connection.used) attachment.unused--
        // Before Node 24, a response that waits behind another one hears nothing of it.
        connection.response = undefined
        attachment.busy.delete(connection)
        attachment.connections.delete(this)
      }
      attachment.gone()
    },
    gone() {
      if (!hasStopped || server.listening || attachment.connections.size > 0 || attachment.transports.size > 0) return
      // Connections from before the attachment are known to the server alone.
      server.getConnections((error, count) => {
        if (error || count === 0) drained.resolve()
      })
    },
    closed() {
      // Ten thousand `close` events take a while, and those of idle connections tell nobody anything.
      if (hasStopped && isIdleGone()) drained.resolve()
      else attachment.gone()
    },
  }

  function isIdleGone(): boolean {
    const { connections, busy, transports } = attachment
    if (busy.size > 0 || transports.size > 0) return false
    for (const socket of connections.keys()) if (!socket.destroyed) return false
    return true
  }

  function look(): void {
    lookAt = Infinity
    lookBy(Math.max(closeFinished(attachment), clock.now() + REST_MS))
  }

  function lookBy(at: number): void {
    if (!hasStopped || at >= lookAt) return
    clock.clearTimeout(timer)
    lookAt = at
    // A whole poll phase lies between the two immediates: what was in the kernel has been read.
    timer = clock.setTimeout(() => setImmediate(() => setImmediate(look)), Math.max(0, at - clock.now()))
  }

  return {
    attachment,
    async drain() {
      attachment.mode = 'draining'
      const limitMs = Math.min(ACCEPT_LIMIT_MS, options.drainTimeoutMs * ACCEPT_SHARE)
      if (server.listening) await emptyAcceptQueue(attachment, limitMs)
      stopListening(server)
      restoreClose = joinClose(server, drained.promise)
      hasStopped = true
      look()
      attachment.gone()
      await drained.promise
      clock.clearTimeout(timer)
    },
    abort() {
      stopListening(server)
      return cutConnections(attachment)
    },
    end() {
      clock.clearTimeout(timer)
      restoreClose?.()
    },
  }
}
