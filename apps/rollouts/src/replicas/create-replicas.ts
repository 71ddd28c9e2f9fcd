import type { ContainerExit, Pod, Workload } from '@lastcall/kubelet'
import { setTimeout as pause } from 'node:timers/promises'
import type { Balancer } from '../balancers/balancer.ts'
import type { Hosts } from '../hosts/hosts.ts'
import { createOrdersPod } from './orders-pod.ts'

/** What makes replicas. */
export interface ReplicasOptions {
  readonly count: number
  readonly hosts: Hosts
  readonly balancer: Balancer
  readonly workload: Workload
  readonly env: Readonly<Record<string, string>>
}

/** How a container ended, and what it had written. */
export type LoggedExit = ContainerExit & { readonly pod: string; readonly output: string }

/** A replica, and the host that it is on. */
export interface Replica {
  readonly slot: number
  readonly pod: Pod
}

/** The pods of a Deployment. */
export interface Replicas extends AsyncDisposable {
  /** Those that are meant to serve. */
  readonly current: readonly Replica[]
  /** How those that were deleted ended, all restarts included. */
  readonly exits: readonly LoggedExit[]
  /** How often a container was started again, in all pods there were. */
  readonly restarts: number
  /** Starts pods on hosts that are free, which become the current ones once they are ready. */
  start(): Promise<void>
  /**
   * Replaces every pod as a rolling update with `maxSurge: 100%` does: as many new ones first; when they have been ready
   * for `minReadySeconds` the old ones are deleted. Resolves then, while those still stop.
   */
  rollOut(options?: { readonly onReady?: () => Promise<void> }): Promise<void>
  /** Resolves when every pod that was deleted is gone. */
  settled(): Promise<void>
}

/** Makes the replicas of a Deployment; its disposal deletes every pod there is, those too that never became ready. */
export function createReplicas({ count, hosts, balancer, workload, env }: ReplicasOptions): Replicas {
  const taken = new Set<number>()
  const existing = new Set<Replica>()
  const deletions = new Set<Promise<void>>()
  const exits: LoggedExit[] = []
  let restarts = 0
  let current: readonly Replica[] = []
  let created = 0

  function findSlot(): number | undefined {
    const free = hosts.addresses.findIndex((_, slot) => !taken.has(slot))
    return free === -1 ? undefined : free
  }

  async function takeSlot(): Promise<number> {
    for (;;) {
      const slot = findSlot()
      if (slot === undefined) await Promise.race(deletions)
      else {
        taken.add(slot)
        return slot
      }
    }
  }

  async function create(): Promise<Replica> {
    const slot = await takeSlot()
    const name = `orders-${++created}`
    let output = ''
    const onOutput = (text: string): void => void (output += text)
    const pod = createOrdersPod({ name, hosts, slot, workload, env, onOutput })
    pod.subscribe((event) => {
      if (event.type === 'container:exit') exits.push({ ...event.exit, pod: name, output })
      if (event.type === 'container:start' && event.restartCount > 0) restarts++
    })
    const replica = { slot, pod }
    existing.add(replica)
    balancer.watch?.(pod, slot)
    await pod.start()
    await pod.whenReady()
    return replica
  }

  function remove(replica: Replica): void {
    const { slot, pod } = replica
    existing.delete(replica)
    const deletion = pod.delete().then(() => {
      taken.delete(slot)
      deletions.delete(deletion)
    })
    deletions.add(deletion)
  }

  const createAll = () => Promise.all(Array.from({ length: count }, create))

  const replicas: Replicas = {
    get current() {
      return current
    },
    exits,
    get restarts() {
      return restarts
    },
    async start() {
      current = await createAll()
    },
    async rollOut({ onReady = async () => {} } = {}) {
      const next = await createAll()
      await onReady()
      await pause(workload.minReadySeconds * 1000)
      const old = current
      current = next
      old.forEach(remove)
    },
    async settled() {
      await Promise.all(deletions)
    },
    async [Symbol.asyncDispose]() {
      existing.forEach(remove)
      await replicas.settled()
    },
  }
  return replicas
}

/** Whether a container ended otherwise than a service that was told to stop. */
export function isUnclean({ code, leftovers = [] }: LoggedExit): boolean {
  return code !== 0 || leftovers.length > 0
}
