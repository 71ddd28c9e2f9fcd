import { channel } from 'node:diagnostics_channel'
import type { LifecycleEvent } from '../events/event.ts'

/** Publishes an event on its diagnostics channel, `lastcall:` and the event's type. Free while nobody subscribes. */
export function publish(event: LifecycleEvent): void {
  const target = channel(`lastcall:${event.type}`)
  if (target.hasSubscribers) target.publish(event)
}
