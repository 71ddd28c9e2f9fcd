import type { Lifecycle } from '@lastcall/core'
import type { ServingStatus } from './serving-status.ts'

/** One client that watches a service. */
export interface Watcher {
  /** Sends a status. */
  tell(status: ServingStatus): void
  /** Ends the stream. */
  end(): void
}

/** The clients that watch. */
export interface Watchers {
  /** Tells the status at once, then each time it changes; the return value takes the watcher out. */
  add(service: string, watcher: Watcher): () => void
  /** Tells everyone that nothing is served here any more, and ends them; who comes later is told and ended at once. */
  end(): void
  /** Stops listening to the lifecycle. */
  stop(): void
}

/** Makes the book of watchers. `statusOf` is asked when an event may have changed the answer. */
export function createWatchers(lifecycle: Lifecycle, statusOf: (service: string) => ServingStatus): Watchers {
  const told = new Map<Watcher, { readonly service: string; status: ServingStatus }>()
  let isOver = false

  function tell(watcher: Watcher, status: ServingStatus): void {
    const last = told.get(watcher)
    if (!last || last.status === status) return
    last.status = status
    watcher.tell(status)
  }

  function end(watcher: Watcher): void {
    if (told.get(watcher)?.status !== 'SERVICE_UNKNOWN') tell(watcher, 'NOT_SERVING')
    told.delete(watcher)
    watcher.end()
  }

  const stop = lifecycle.subscribe(({ type }) => {
    if (type !== 'state:change' && type !== 'check:end') return
    for (const [watcher, { service }] of told) tell(watcher, statusOf(service))
  })

  return {
    add(service, watcher) {
      const status = statusOf(service)
      told.set(watcher, { service, status })
      watcher.tell(status)
      if (isOver) end(watcher)
      return () => void told.delete(watcher)
    },
    end() {
      isOver = true
      for (const watcher of [...told.keys()]) end(watcher)
    },
    stop,
  }
}
