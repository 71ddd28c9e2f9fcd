import type { Lifecycle } from '@lastcall/core'
import type { AttachableServer } from './attachable-server.ts'
import { listInFlight } from './in-flight.ts'
import { warnOfKeepAliveRace } from './keep-alive-warning.ts'
import { markAttached } from './mark-attached.ts'
import { observeConnections } from './observe-connections.ts'
import type { ProbeOptions } from './probe-responder.ts'
import { createServerDrain } from './server-drain.ts'
import { stopListening } from './stop-listening.ts'

/** Options of {@link attachServer}. */
export interface AttachOptions extends ProbeOptions {
  /** How events and reports name it. @default 'http' */
  readonly name?: string
}

/**
 * Has a lifecycle drain a server, and answers the probes on it. Call it before the server has connections, listening
 * or not; its listeners may come later. The return value detaches it.
 * Throws `LASTCALL_ALREADY_ATTACHED` when the server is attached to a lifecycle.
 */
export function attachServer(lifecycle: Lifecycle, server: AttachableServer, options: AttachOptions = {}): () => void {
  const unmark = markAttached(server)
  const { attachment, drain, abort, end } = createServerDrain(lifecycle, server)
  const observed = observeConnections(lifecycle, attachment, options.probes ?? {}, onListening)

  function onListening(): void {
    attachment.hasListened = true
    warnOfKeepAliveRace(lifecycle, server)
    // It began to listen after its drain: once the listeners have heard, it ends.
    if (attachment.mode === 'draining') process.nextTick(stopListening, server)
  }

  if (server.listening) warnOfKeepAliveRace(lifecycle, server)
  const detach = lifecycle.attach({
    name: options.name ?? 'http',
    lameDuck() {
      attachment.mode = 'lameDuck'
      observed.lameDuck()
    },
    lastConnectionAt: () => attachment.lastConnectionAt,
    drain,
    abort,
    inFlight() {
      observed.catchUp()
      return listInFlight(attachment)
    },
  })
  return () => {
    detach()
    observed.end()
    end()
    unmark()
  }
}
