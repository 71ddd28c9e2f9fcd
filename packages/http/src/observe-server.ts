import type { EventEmitter } from 'node:events'

/** Told of each event and of the first two of its arguments, before its listeners; `true` keeps it from them. */
export type Observer = (event: string | symbol, first: unknown, second: unknown) => boolean

/**
 * Observes what a server emits by overriding `emit` on this one object. Listeners would not do: one for `upgrade`,
 * `connect` or `checkContinue` changes what Node does, and the listeners that users add later must be covered too.
 * The return value stops it.
 */
export function observeServer(server: EventEmitter, observer: Observer): () => void {
  const own = Object.hasOwn(server, 'emit')
  const { emit } = server
  let observing = true

  function observed(this: EventEmitter, event: string | symbol, first: unknown, second: unknown): boolean {
    if (observing && observer(event, first, second)) return true
    return Reflect.apply(emit, this, arguments)
  }

  server.emit = observed
  return () => {
    observing = false
    // Someone may have wrapped it since: then it stays in the chain and does nothing.
    if (server.emit !== observed) return
    if (own) server.emit = emit
    else Reflect.deleteProperty(server, 'emit')
  }
}
