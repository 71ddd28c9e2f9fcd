import type { EventEmitter } from 'node:events'

/** Told of each event and of the first two of its arguments, before its listeners; `true` keeps it from them. */
export type Observer = (event: string | symbol, first: unknown, second: unknown) => boolean

/** What has been observed, and the way to emit what the observer kept back. */
export interface Observation {
  /** Emits to the listeners, past the observer. */
  emit(event: string, first: unknown, second: unknown): void
  /** Stops observing. */
  end(): void
}

/**
 * Observes what a server emits by overriding `emit` on this one object. Listeners would not do: one for `upgrade`,
 * `connect` or `checkContinue` changes what Node does, and the listeners that users add later must be covered too.
 */
export function observeServer(server: EventEmitter, observer: Observer): Observation {
  const own = Object.hasOwn(server, 'emit')
  const { emit } = server
  let observing = true

  function observed(this: EventEmitter, event: string | symbol, first: unknown, second: unknown): boolean {
    if (observing && observer(event, first, second)) return true
    // Every request comes by here, with two arguments: a call of a known shape is the quicker one.
    if (arguments.length === 3) return emit.call(this, event, first, second)
    return Reflect.apply(emit, this, arguments)
  }

  server.emit = observed
  return {
    emit: (event, first, second) => void emit.call(server, event, first, second),
    end() {
      observing = false
      // Someone may have wrapped it since: then it stays in the chain and does nothing.
      if (server.emit !== observed) return
      if (own) server.emit = emit
      else Reflect.deleteProperty(server, 'emit')
    },
  }
}
