import type { Connector, WireResult } from '@lastcall/testing'
import { WebSocket } from 'ws'

/** The server goes away, or starts again: whoever is told that connects elsewhere. Everything else is a loss. */
const GOOD_ENDS: readonly number[] = [1001, 1012]

/** A client that opens a WebSocket and waits for its end. */
export function createWebSocketConnector(url: string): Connector {
  return {
    established: false,
    send({ path, signal, onStatus }) {
      return new Promise((resolve) => {
        const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`)
        let result: Omit<WireResult, 'complete'> = { connection: 'new', connectionClose: true, retryable: false }
        const cancel = () => socket.terminate()
        signal.addEventListener('abort', cancel)
        socket.on('open', () => {
          result = { ...result, status: 101 }
          onStatus(101)
        })
        socket.on(
          'error',
          (error: NodeJS.ErrnoException) => (result = { ...result, error: error.code ?? error.message }),
        )
        socket.on('close', (code) => {
          signal.removeEventListener('abort', cancel)
          const complete = GOOD_ENDS.includes(code)
          resolve({ error: `closed with ${code}`, ...result, complete })
        })
      })
    },
    close() {},
  }
}
