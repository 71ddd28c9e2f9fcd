import { now } from '../load/now.ts'
import { listListeningSockets } from './listening-sockets.ts'

const PERIOD_MS = 20

/**
 * Looks until nothing listens on the port any more. Tells so when the server runs on without: what closes with its
 * process is no sign of its own. Gives what ends it.
 */
export function watchListener(port: number, isRunning: () => boolean, onClosed: (atMs: number) => void): () => void {
  let closedMs: number | undefined
  const timer = setInterval(() => {
    const atMs = now()
    if (closedMs === undefined) {
      // A process that ends closes its sockets a moment before it is gone: whether it does is seen at the next look.
      if (isListening(port) === false) closedMs = atMs
      return
    }
    clearInterval(timer)
    if (isRunning()) onClosed(closedMs)
  }, PERIOD_MS)
  return () => clearInterval(timer)
}

/** Whether something listens on the port; `undefined` where the system does not tell. */
export function isListening(port: number): boolean | undefined {
  return listListeningSockets()?.some((socket) => socket.port === port)
}
