import type { EventEmitter } from 'node:events'

/** All by which a library hears of a server's requests and connections. */
export interface Outfit {
  readonly emit: EventEmitter['emit']
  readonly listeners: readonly (readonly [event: string | symbol, listener: (...args: unknown[]) => void])[]
}

/** What a server has on. */
export function outfitOf(server: EventEmitter): Outfit {
  const listeners = server
    .eventNames()
    .flatMap((event) => server.rawListeners(event).map((listener) => [event, listener as () => void] as const))
  return { emit: server.emit, listeners }
}

/** Has a server have on this and nothing else. */
export function putOn(server: EventEmitter, { emit, listeners }: Outfit): void {
  server.removeAllListeners()
  server.emit = emit
  for (const [event, listener] of listeners) server.on(event, listener)
}
