import type { Lifecycle, Timer } from '@lastcall/core'
import type { FastifyInstance } from 'fastify'
import { serversOf } from './servers-of.ts'

/** From one look to the next, in milliseconds. */
const LOOK_MS = 100

/**
 * Calls back, during the drain, when no connection of the app can bring a request any more but upgraded ones are
 * left: the moment for whoever owns these, such as @fastify/websocket, to close them.
 */
export function whenOnlyUpgradesLeft(app: FastifyInstance, lifecycle: Lifecycle, callback: () => void): void {
  const { clock } = lifecycle
  let timer: Timer

  async function look(): Promise<void> {
    if (await onlyUpgradesLeft()) callback()
    else watch()
  }

  async function onlyUpgradesLeft(): Promise<boolean> {
    const work = lifecycle.inFlight().filter(({ kind }) => kind !== 'hold')
    if (work.length === 0 || work.some(({ kind }) => kind !== 'upgrade')) return false
    const servers = serversOf(app)
    if (servers.some(({ listening }) => listening)) return false
    const counts = await Promise.all(servers.map(countConnections))
    return counts.reduce((sum, count) => sum + count, 0) <= work.length
  }

  const isDraining = () => lifecycle.state.name === 'draining' && lifecycle.state.phase === 'drain'
  const watch = () => {
    if (isDraining()) timer = clock.setTimeout(() => void look(), LOOK_MS)
  }
  lifecycle.subscribe((event) => {
    if (event.type === 'phase:begin' && event.phase === 'drain') watch()
    if (event.type === 'phase:end' && event.phase === 'drain') clock.clearTimeout(timer)
  })
}

function countConnections(server: FastifyInstance['server']): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)))
}
