import { holdersOf, listListeningSockets, membersOf } from './listening-sockets.ts'

/** Where a process group listens, and which of its processes do. */
export interface Listening {
  readonly port: number
  /** As it stands in a URL. */
  readonly host: string
  readonly pids: readonly number[]
}

/**
 * The ports that a process group listens on, lowest first; `undefined` where the system does not tell. Sockets that are
 * known not to be its own are not looked at: whose they are takes long to find out.
 */
export function findListening(group: number, known: ReadonlySet<string>): Listening[] | undefined {
  const sockets = listListeningSockets()?.filter(({ inode }) => !known.has(inode))
  if (!sockets || sockets.length === 0) return sockets && []
  const members = membersOf(group)
  return [...Map.groupBy(sockets, ({ port }) => port)]
    .map(([port, same]) => ({
      port,
      host: same.every(({ ipv6Loopback }) => ipv6Loopback) ? '[::1]' : '127.0.0.1',
      pids: holdersOf(new Set(same.map(({ inode }) => inode)), members),
    }))
    .filter(({ pids }) => pids.length > 0)
    .toSorted((a, b) => a.port - b.port)
}
