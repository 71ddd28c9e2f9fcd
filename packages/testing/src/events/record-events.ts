import type { EventType, Lifecycle, LifecycleEvent } from '@lastcall/core'
import { waitUntil, type WaitOptions } from '../wait-until.ts'

/** The event of one type. */
export type EventOf<Type extends EventType> = Extract<LifecycleEvent, { type: Type }>

/** What a lifecycle said since the recorder was made. */
export interface EventRecorder extends Disposable {
  /** Oldest first. */
  readonly events: readonly LifecycleEvent[]
  /** Their types, oldest first. */
  readonly types: readonly EventType[]
  /** The events of one type, oldest first. */
  of<Type extends EventType>(type: Type): EventOf<Type>[]
  /** The first event of that type that fits, also one recorded already. Rejects with `LASTCALL_TIMEOUT`. */
  waitFor<Type extends EventType>(
    type: Type,
    predicate?: (event: EventOf<Type>) => boolean,
    options?: WaitOptions,
  ): Promise<EventOf<Type>>
  /** Stops recording; what is recorded stays. */
  stop(): void
}

/** Records every event of a lifecycle, for tests that ask what happened and in which order. */
export function recordEvents(lifecycle: Pick<Lifecycle, 'subscribe'>): EventRecorder {
  const events: LifecycleEvent[] = []
  const stop = lifecycle.subscribe((event) => void events.push(event))
  const of = <Type extends EventType>(type: Type) =>
    events.filter((event): event is EventOf<Type> => event.type === type)

  return {
    events,
    get types() {
      return events.map(({ type }) => type)
    },
    of,
    waitFor: (type, predicate = () => true, options) =>
      waitUntil(() => of(type).find(predicate), {
        what: () => `the event ${type} among: ${events.map((event) => event.type).join(', ') || 'none'}`,
        ...options,
      }),
    stop,
    [Symbol.dispose]: stop,
  }
}
