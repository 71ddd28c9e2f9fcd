import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'

/** A socket that listens on this machine. */
export interface ListeningSocket {
  readonly port: number
  /** It is bound to `::1`, where `127.0.0.1` does not lead. */
  readonly ipv6Loopback: boolean
  /** What the kernel calls it. */
  readonly inode: string
}

const LISTEN = '0A'
/** `::1`, as words of the machine's own byte order; all that run Node have the same. */
const IPV6_LOOPBACK = '00000000000000000000000001000000'
const CHUNK_BYTES = 8 * 1024

/** The TCP sockets that listen; `undefined` where the system does not tell. */
export function listListeningSockets(): ListeningSocket[] | undefined {
  try {
    return [...readTable('/proc/net/tcp'), ...readTable('/proc/net/tcp6')]
  } catch {
    return undefined
  }
}

/** Listening sockets come first in the table: it is read no further, as many thousand connections may follow. */
function readTable(path: string): ListeningSocket[] {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES)
    const sockets: ListeningSocket[] = []
    let rest = ''
    for (;;) {
      const length = readSync(file, buffer)
      const lines = (rest + buffer.toString('latin1', 0, length)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const [slot, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
        if (slot === 'sl') continue
        if (state !== LISTEN) return sockets
        const [address, port = ''] = local.split(':')
        sockets.push({ port: Number.parseInt(port, 16), ipv6Loopback: address === IPV6_LOOPBACK, inode })
      }
      if (length === 0) return sockets
    }
  } finally {
    closeSync(file)
  }
}

/** Which processes hold a socket, of those given. */
export function holdersOf(inodes: ReadonlySet<string>, pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((name) => inodes.has(inodeOf(`/proc/${pid}/fd/${name}`)))
    } catch {
      return false // It has ended, or is another user's.
    }
  })
}

function inodeOf(link: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1] ?? ''
  } catch {
    return '' // It was closed meanwhile.
  }
}

/** Processes of a group. */
export function membersOf(group: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      // The second field is the program's name in brackets, which may hold anything.
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(pgrp) === group && state !== 'Z' ? [Number(name)] : []
    } catch {
      return []
    }
  })
}
