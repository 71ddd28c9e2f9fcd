import { spawnService, type ServiceOptions } from '@lastcall/testing'
import { type ChildProcess, fork } from 'node:child_process'
import { on, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { FromClient } from './messages.ts'

/** By then a shutdown is given up, in milliseconds. */
export const GIVE_UP_MS = 10_000

/** Lets the service read the request before the signal comes, in milliseconds. */
const SETTLE_MS = 150

/** How a service ended. */
export interface Exit {
  /** From the last moment that was necessary to the end of the process, in milliseconds; `Infinity`: given up. */
  readonly beyondMs: number
  /** Whether the request in flight was cut. */
  readonly cut: boolean
}

const now = (): number => performance.timeOrigin + performance.now()

/** Starts a service, holds idle connections to it, and measures how long after SIGTERM, or after its last answer, it ends. */
export async function measureExit(options: ServiceOptions, connections: number, inFlight: boolean): Promise<Exit> {
  await using service = await spawnService(options)
  const client = fork(fileURLToPath(new URL('hold-connections.ts', import.meta.url)), [
    new URL(service.url).port,
    String(connections),
  ])
  const messages = hear(client)
  const next = async (): Promise<FromClient> => (await messages.next()).value as FromClient
  try {
    await next()
    await sleep(SETTLE_MS)
    if (inFlight) {
      client.send('slow')
      await next()
      await sleep(SETTLE_MS)
    }
    const signalledAt = now()
    service.signal('SIGTERM')
    const ended = await service.waitForExit({ timeoutMs: GIVE_UP_MS }).then(now, () => Infinity)
    if (!inFlight) return { beyondMs: ended - signalledAt, cut: false }
    const answer = await next()
    if (answer.kind !== 'answered') return { beyondMs: ended - signalledAt, cut: true }
    return { beyondMs: ended - answer.at, cut: false }
  } finally {
    client.kill('SIGKILL')
    await once(client, 'exit')
  }
}

async function* hear(client: ChildProcess): AsyncGenerator<FromClient> {
  for await (const [message] of on(client, 'message', { close: ['exit'] })) yield message as FromClient
}
