import type { Clock, Timer } from '@lastcall/core'
import type { KeptStream } from './event-stream.ts'

/** One heartbeat for all streams. */
export interface Heartbeat {
  /** Beats from now on if there is a stream, and no more if there is none. */
  keep(): void
  stop(): void
}

/** Makes the heartbeat of streams: a comment to each, so often; 0 is never. */
export function createHeartbeat(clock: Clock, everyMs: number, streams: ReadonlySet<KeptStream>): Heartbeat {
  let timer: Timer

  function stop(): void {
    clock.clearTimeout(timer)
    timer = undefined
  }

  function keep(): void {
    if (streams.size === 0) stop()
    else if (everyMs > 0) timer ??= clock.setTimeout(beat, everyMs)
  }

  function beat(): void {
    for (const stream of streams) stream.comment()
    timer = undefined
    keep()
  }

  return { keep, stop }
}
