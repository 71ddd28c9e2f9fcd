import { randomInt } from 'node:crypto'
import { createLoopbackHosts } from './loopback-hosts.ts'
import { canHaveNamespaces, createNamespaceHosts } from './namespace-hosts.ts'

/** Machines of their own for the replicas, as far as one machine can be several. */
export interface Hosts extends AsyncDisposable {
  /** What they are, for a reader of the results. */
  readonly kind: 'network namespaces' | 'loopback addresses'
  /** One address for each host. */
  readonly addresses: readonly string[]
  /** A command, as that host runs it. */
  commandOn(host: number, command: readonly string[]): readonly string[]
  /** Where the hosts find what listens on a port of 127.0.0.1 here. */
  reach(port: number): Promise<{ readonly host: string; readonly port: number }>
}

/** Makes hosts: network namespaces where the kernel and the user allow them, otherwise addresses of the loopback. */
export function createHosts(count: number): Promise<Hosts> {
  // Suites run side by side: each takes a network of its own.
  const network = randomInt(1, 255)
  return canHaveNamespaces() ? createNamespaceHosts(count, network) : createLoopbackHosts(count, network)
}
