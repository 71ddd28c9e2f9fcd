import type { Clock, Work } from '@lastcall/core'
import { finalize, isObservable } from 'rxjs'

/** Handles the messages of one pattern. Nest hangs properties on it, and reads them later. */
export type MessageHandler = (...args: unknown[]) => unknown

/** The messages of one server that are being handled. */
export interface Messages {
  /** The same handler, counted: from its call to the end of its answer, or of the stream of its answers. */
  count(name: string, handler: MessageHandler): MessageHandler
  /** The sockets by which they came, where the transport tells. */
  sockets(): ReadonlySet<unknown>
  /** Oldest first. */
  inFlight(): readonly Work[]
  /** Resolves when none is being handled. */
  idle(): Promise<void>
}

/** What Nest's TCP transport gives a handler as its second argument. */
interface TcpContext {
  getSocketRef?(): { readonly netSocket?: unknown }
}

/** Makes the record of a server's messages. */
export function createMessages(clock: Clock): Messages {
  const open = new Map<object, { readonly name: string; readonly since: number; readonly socket: unknown }>()
  let waiting: (() => void)[] = []

  function begin(name: string, context: unknown): () => void {
    const key = {}
    const socket = (context as TcpContext | undefined)?.getSocketRef?.().netSocket
    open.set(key, { name, since: clock.now(), socket })
    return () => {
      open.delete(key)
      if (open.size > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    }
  }

  return {
    // A proxy and not a function round it: what Nest sets on the one must be there on the other.
    count: (name, handler) =>
      new Proxy(handler, {
        async apply(target, self, args: unknown[]) {
          const end = begin(name, args[1])
          try {
            const answer: unknown = await Reflect.apply(target, self, args)
            if (isObservable(answer)) return answer.pipe(finalize(end))
            end()
            return answer
          } catch (error) {
            end()
            throw error
          }
        },
      }),
    sockets: () => new Set([...open.values()].map(({ socket }) => socket)),
    inFlight: () =>
      [...open.values()].map(({ name, since }) => ({ kind: 'request', name, ageMs: clock.now() - since })),
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
