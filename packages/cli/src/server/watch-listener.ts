import { now } from '../load/now.ts'
import { listListeningSockets } from './listening-sockets.ts'

const PERIOD_MS = 20

/** Looks until nothing listens on the port any more. Gives what ends it. */
export function watchListener(port: number, onClosed: (atMs: number) => void): () => void {
  const timer = setInterval(() => {
    const atMs = now()
    if (isListening(port) !== false) return
    clearInterval(timer)
    onClosed(atMs)
  }, PERIOD_MS)
  return () => clearInterval(timer)
}

/** Whether something listens on the port; `undefined` where the system does not tell. */
export function isListening(port: number): boolean | undefined {
  return listListeningSockets()?.some((socket) => socket.port === port)
}
