import type { Hosts } from './hosts.ts'

/** Addresses of 127.0.0.0/8, all of which Linux has without being asked. */
export async function createLoopbackHosts(count: number, network: number): Promise<Hosts> {
  return {
    kind: 'loopback addresses',
    addresses: Array.from({ length: count }, (_, index) => `127.77.${network}.${index + 2}`),
    commandOn: (_host, command) => command,
    reach: async (port) => ({ host: '127.0.0.1', port }),
    async [Symbol.asyncDispose]() {},
  }
}
