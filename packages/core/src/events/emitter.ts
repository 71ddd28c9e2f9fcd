import { publish } from '../diagnostics/channels.ts'
import type { Clock } from '../ports/clock.ts'
import type { EventPayloads, EventType, LifecycleEvent, LifecycleListener } from './event.ts'

/** Tells subscribers and diagnostics channels what happens. */
export interface Emitter {
  emit<Type extends EventType>(type: Type, payload: EventPayloads[Type]): void
  subscribe(listener: LifecycleListener): () => void
  clear(): void
}

/** Makes an emitter; `onFailure` hears of what listeners throw, which stops nothing. */
export function createEmitter(lifecycle: string, clock: Clock, onFailure: (error: unknown) => void): Emitter {
  const listeners = new Set<LifecycleListener>()
  const queue: LifecycleEvent[] = []
  let delivering = false

  function deliver(event: LifecycleEvent): void {
    publish(event)
    for (const listener of [...listeners]) {
      try {
        listener(event)
      } catch (error) {
        // Not of a warning's own listeners: what they throw each time anew would come back for ever.
        if (event.type !== 'warning') onFailure(error)
      }
    }
  }

  return {
    emit(type, payload) {
      queue.push({ ...payload, type, lifecycle, at: clock.now() } as LifecycleEvent)
      // What a listener causes comes after what it was told, for every other listener too.
      if (delivering) return
      delivering = true
      for (let event = queue.shift(); event; event = queue.shift()) deliver(event)
      delivering = false
    },
    subscribe(listener) {
      // Wrapped, so that the same function can listen twice and each stop on its own.
      const own: LifecycleListener = (event) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    clear: () => listeners.clear(),
  }
}
