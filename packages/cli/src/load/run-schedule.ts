import { now } from './now.ts'

/**
 * Calls `send` for each moment of a fixed rate, from now on, whatever became of the calls before. One that could not be
 * made in time is made late, with the time at which it was due. Gives what ends it.
 */
export function runSchedule(rps: number, send: (dueMs: number) => void): () => void {
  const startMs = now()
  let index = 0
  let timer: NodeJS.Timeout | undefined
  let immediate: NodeJS.Immediate | undefined

  const dueMs = (): number => startMs + (index * 1000) / rps

  function sendDue(): void {
    for (; dueMs() <= now(); index++) send(dueMs())
    timer = setTimeout(wake, Math.max(0, dueMs() - now()))
  }

  // What has come in is read first: the end of a connection may have waited there while this process could not run.
  function wake(): void {
    immediate = setImmediate(sendDue)
  }

  wake()
  return () => {
    clearTimeout(timer)
    clearImmediate(immediate)
  }
}
