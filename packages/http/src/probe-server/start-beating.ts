import type { Clock } from '@lastcall/core'
import { type Heartbeat, HEARTBEAT_MS, threadTime } from './heartbeat.ts'

/** Has this thread show that its event loop runs, until the return value is called. Keeps no process alive. */
export function startBeating(heartbeat: Heartbeat, clock: Clock): () => void {
  // Not every Node is built with the inspector.
  const inspector = process.features.inspector ? process.getBuiltinModule('node:inspector') : undefined
  function beat(): void {
    heartbeat.write({ at: threadTime(), clockAt: clock.now(), debugged: inspector?.url() !== undefined })
  }
  beat()
  // On real time also under a clock for tests: whether the loop is blocked is no matter of the lifecycle's clock.
  const timer = setInterval(beat, HEARTBEAT_MS).unref()
  return () => clearInterval(timer)
}
