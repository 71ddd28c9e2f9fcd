import type { ConnectionUse } from '@lastcall/testing'
import type { Pod } from '@lastcall/kubelet'

/** Where the replicas can be: one address for each, a port for all. */
export interface Slots {
  readonly addresses: readonly string[]
  readonly port: number
  readonly probePort: number
}

/** What stands between clients and replicas. */
export interface Balancer extends AsyncDisposable {
  /** Where clients send their requests. */
  readonly url: string
  /** How they connect: kept connections, and connections for one request. */
  readonly connections: { readonly kept: ConnectionUse; readonly opened: ConnectionUse }
  /** A replica has been started in a slot: what watches the API of Kubernetes learns of it. @default nothing watches */
  watch?(pod: Pod, slot: number): void
  /** The slots that it sends requests to, as far as it tells. @default it does not tell */
  routed?(): Promise<readonly number[]>
}

/** Starts a balancer in front of slots, most of which are empty. */
export type StartBalancer = (slots: Slots) => Promise<Balancer>
