import { findFreePort } from '@lastcall/testing'
import type { Slots, StartBalancer } from './balancer.ts'
import { startProgram } from './start-program.ts'

/**
 * HAProxy that asks the readiness of each replica by itself. It helps nobody: a request that cannot be connected is not
 * sent elsewhere, so that what the replicas lose is seen.
 */
export const startHaproxy: StartBalancer = async (slots) => {
  const [port, statsPort] = [await findFreePort(), await findFreePort()]
  const routed = () => readRouted(statsPort)
  const program = await startProgram({
    command: 'haproxy',
    configure: () => haproxyConfig(slots, port, statsPort),
    args: (file) => ['-db', '-f', file],
    // It takes every server for good until a check has failed.
    isReady: async () => (await routed().catch(() => undefined))?.length === 0,
  })
  return {
    url: `http://127.0.0.1:${port}`,
    connections: { kept: 'keepAlive', opened: 'perRequest' },
    routed,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}

/** The whole configuration. A replica that turns red gets nothing more after 2 × 1 s. */
export function haproxyConfig({ addresses, port, probePort }: Slots, listenOn: number, statsOn: number): string {
  const servers = addresses.map((address, slot) => `  server ${slot} ${address}:${port}`)
  return `
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  retries 0

frontend clients
  bind 127.0.0.1:${listenOn}
  default_backend orders

backend orders
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  timeout check 1s
  default-server check port ${probePort} inter 1s fall 2 rise 1
${servers.join('\n')}

frontend stats
  bind 127.0.0.1:${statsOn}
  stats enable
  stats uri /
`
}

async function readRouted(statsPort: number): Promise<number[]> {
  const response = await fetch(`http://127.0.0.1:${statsPort}/;csv`)
  return parseRouted(await response.text())
}

/** The servers that HAProxy's statistics call up. */
export function parseRouted(csv: string): number[] {
  const [head = '', ...lines] = csv.trim().split('\n')
  const column = head.split(',').indexOf('status')
  const rows = lines.map((line) => line.split(','))
  return rows
    .filter(([proxy, server = '']) => proxy === 'orders' && /^\d+$/.test(server))
    .filter((row) => row[column]?.startsWith('UP'))
    .map(([, server]) => Number(server))
}
