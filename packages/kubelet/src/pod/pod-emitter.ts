import type { Clock } from '@lastcall/core'
import type { PodEvent, PodEventPayloads, PodEventType, PodListener } from './pod-event.ts'

/** Tells what happens. */
export type Emit = <Type extends PodEventType>(type: Type, payload: PodEventPayloads[Type]) => void

/** Tells subscribers what happens to a pod. */
export interface PodEmitter {
  readonly emit: Emit
  subscribe(listener: PodListener): () => void
}

/** Makes the emitter of a pod. What a listener throws is an uncaught error of its own, and disturbs nothing here. */
export function createPodEmitter(pod: string, clock: Clock): PodEmitter {
  const listeners = new Set<PodListener>()
  const queue: PodEvent[] = []
  let delivering = false

  function deliver(event: PodEvent): void {
    for (const listener of [...listeners]) {
      try {
        listener(event)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  return {
    emit(type, payload) {
      queue.push({ ...payload, type, pod, at: clock.now() } as PodEvent)
      // What a listener causes comes after what it was told, for every other listener too.
      if (delivering) return
      delivering = true
      for (let event = queue.shift(); event; event = queue.shift()) deliver(event)
      delivering = false
    },
    subscribe(listener) {
      // Wrapped, so that the same function can listen twice and each stop on its own.
      const own: PodListener = (event) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
