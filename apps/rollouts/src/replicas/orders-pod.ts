import { createPod, createProcessRuntime, type Pod, readManifest, type Workload } from '@lastcall/kubelet'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hosts } from '../hosts/hosts.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const DEMO = join(ROOT, 'apps/demo')

/** The ports of the manifest: each replica has a host of its own. */
export const PORTS = { port: 3000, probePort: 9000 } as const

/** The Deployment that `kubectl apply -k k8s/base` sends. */
export const DEPLOYMENT: Workload = readManifest(readFileSync(join(ROOT, 'k8s/base/deployment.yaml'), 'utf8'))

/** What makes a replica. */
export interface OrdersPodOptions {
  readonly name: string
  readonly hosts: Hosts
  /** Which of the hosts. */
  readonly slot: number
  readonly workload: Workload
  /** Added to what the manifest says. */
  readonly env: Readonly<Record<string, string>>
  readonly onOutput: (text: string) => void
}

/** A pod of the demo: a process for its container, with the probes and the times of the manifest. */
export function createOrdersPod({ name, hosts, slot, workload, env, onOutput }: OrdersPodOptions): Pod {
  const host = hosts.addresses[slot] ?? ''
  const node = [process.execPath, '--conditions=@lastcall/source', 'src/main.ts']
  const [command = '', ...args] = hosts.commandOn(slot, node)
  return createPod({
    name,
    spec: workload,
    target: { host },
    runtime: createProcessRuntime(({ spec }) => {
      const said = (spec.env ?? []).map(({ name, value = '' }) => [name, value])
      const ports = { HOST: host, PORT: String(PORTS.port), PROBE_PORT: String(PORTS.probePort) }
      return { command, args, cwd: DEMO, env: { ...Object.fromEntries(said), ...ports, ...env }, onOutput }
    }),
  })
}
