import { LastcallError, type Lifecycle, type Timer } from '@lastcall/core'
import type { Peer } from './peer.ts'
import type { ResolvedSpread } from './spread-options.ts'

/** The clients of one server, brought to their end together. */
export interface Peers {
  /** Adds one; the return value takes it out when it is gone. */
  add(peer: Peer): () => void
  /** Lets go of the lifecycle and of every timer. */
  end(): void
}

interface Entry {
  readonly peer: Peer
  isClosing: boolean
  timer?: Timer
}

/**
 * Has a lifecycle drain clients whose connections last. From the signal on each is closed at a moment of its own, so
 * that they do not all connect anew at once; one that comes in the lame duck is served, and closed like the others.
 * The server's own drain counts their connections and cuts them at the deadline.
 */
export function createPeers(lifecycle: Lifecycle, name: string, options: ResolvedSpread): Peers {
  const { clock } = lifecycle
  const { spreadMs, closeTimeoutMs, random } = options
  const entries = new Map<Peer, Entry>()
  const unsent: string[] = []
  const gone = Promise.withResolvers<void>()
  let stage: 'serving' | 'lameDuck' | 'draining' | 'over' = 'serving'
  let spreadEndsAt = 0

  function remove(entry: Entry): void {
    clock.clearTimeout(entry.timer)
    entries.delete(entry.peer)
    if (stage === 'draining' && entries.size === 0) gone.resolve()
  }

  /** After the spread, one that comes in the lame duck stays: closed at once, it would come back at once. */
  function schedule(entry: Entry): void {
    if (entry.isClosing) return
    clock.clearTimeout(entry.timer)
    const leftMs = Math.max(0, spreadEndsAt - clock.now())
    if (leftMs === 0 && stage !== 'draining') return
    entry.timer = clock.setTimeout(() => close(entry), random() * leftMs)
  }

  function close(entry: Entry): void {
    entry.isClosing = true
    entry.timer = clock.setTimeout(() => giveUp(entry), closeTimeoutMs)
    entry.peer.close()
  }

  function giveUp(entry: Entry): void {
    if (entry.peer.hasUnsent()) unsent.push(entry.peer.name)
    entry.peer.terminate()
    remove(entry)
  }

  const detach = lifecycle.attach({
    name,
    lameDuck() {
      stage = 'lameDuck'
      spreadEndsAt = clock.now() + (spreadMs ?? lifecycle.options.lameDuck.minMs)
      for (const entry of entries.values()) schedule(entry)
    },
    lastConnectionAt: () => undefined,
    async drain() {
      stage = 'draining'
      const roomMs = Math.max(0, lifecycle.options.drainTimeoutMs - closeTimeoutMs)
      spreadEndsAt = spreadMs === undefined ? 0 : Math.min(spreadEndsAt, clock.now() + roomMs)
      for (const entry of entries.values()) schedule(entry)
      if (entries.size > 0) await gone.promise
      if (unsent.length > 0) throw unsentError(name, unsent, closeTimeoutMs)
    },
    abort() {
      for (const entry of [...entries.values()]) {
        entry.peer.terminate()
        remove(entry)
      }
      return []
    },
    inFlight: () => [],
  })

  function end(): void {
    stage = 'over'
    for (const entry of entries.values()) clock.clearTimeout(entry.timer)
    stopListening()
    detach()
  }

  const stopListening = lifecycle.subscribe(({ type }) => {
    if (type === 'lifecycle:dispose') end()
  })

  return {
    add(peer) {
      const entry: Entry = { peer, isClosing: false }
      entries.set(peer, entry)
      if (stage === 'lameDuck' || stage === 'draining') schedule(entry)
      return () => remove(entry)
    },
    end,
  }
}

/** What was sent to them is lost. A client that had it all and did not answer is no failure of ours. */
function unsentError(name: string, unsent: readonly string[], closeTimeoutMs: number): LastcallError {
  return new LastcallError(
    'LASTCALL_TIMEOUT',
    `'${name}' cut ${unsent.length} that had not taken all that was sent to them within ${closeTimeoutMs} ms of their ` +
      `close: ${[...new Set(unsent)].join(', ')}. Raise closeTimeoutMs where clients may be that slow.`,
  )
}
