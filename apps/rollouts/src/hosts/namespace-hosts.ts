import { spawnSync } from 'node:child_process'
import type { Hosts } from './hosts.ts'
import { startRelay } from './relay.ts'

/** Runs `ip`; throws with what it says. */
function ip(...args: string[]): void {
  const { status, error, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr}`)
}

/** Whether network namespaces can be made here: it takes root, `ip`, and a kernel that allows them. */
export function canHaveNamespaces(): boolean {
  const name = `lastcall-${process.pid}`
  try {
    ip('netns', 'add', name)
    ip('-n', name, 'link', 'add', 'bridge0', 'type', 'bridge')
    return true
  } catch {
    return false
  } finally {
    spawnSync('ip', ['netns', 'del', name])
  }
}

/** A network namespace for each host, on a bridge whose own address is this machine's in their network. */
export async function createNamespaceHosts(count: number, network: number): Promise<Hosts> {
  const bridge = `lc${network}`
  const gateway = `10.213.${network}.1`
  const names = Array.from({ length: count }, (_, index) => `${bridge}-${index}`)
  const addresses = names.map((_, index) => `10.213.${network}.${index + 2}`)
  await using undo = new AsyncDisposableStack()

  ip('link', 'add', bridge, 'type', 'bridge')
  undo.defer(() => ip('link', 'del', bridge))
  ip('addr', 'add', `${gateway}/24`, 'dev', bridge)
  ip('link', 'set', bridge, 'up')
  names.forEach((name, index) => {
    ip('netns', 'add', name)
    // What runs there has been ended before; its end of the pair goes with the namespace.
    undo.defer(() => ip('netns', 'del', name))
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
    ip('link', 'set', name, 'master', bridge, 'up')
    ip('-n', name, 'addr', 'add', `${addresses[index]}/24`, 'dev', 'eth0')
    ip('-n', name, 'link', 'set', 'eth0', 'up')
    ip('-n', name, 'link', 'set', 'lo', 'up')
  })

  const kept = undo.move()
  return {
    kind: 'network namespaces',
    addresses,
    commandOn: (host, command) => ['ip', 'netns', 'exec', names[host] ?? '', ...command],
    async reach(port) {
      const relay = await startRelay({ host: gateway, to: port })
      kept.use(relay)
      return { host: gateway, port: relay.port }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
