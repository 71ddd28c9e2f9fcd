import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A process of this machine. */
export interface ProcessEntry {
  readonly pid: number
  readonly group: number
  /** One letter, as `ps` shows it. */
  readonly state: string
}

/** Every process that runs at this moment; not those that have ended and wait for their parent to take notice. */
export function listProcesses(): ProcessEntry[] {
  const entries = existsSync('/proc/self/stat') ? readProc() : readPs()
  return entries.filter(({ state }) => !state.startsWith('Z'))
}

function readProc(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      // The second field is the program's name in brackets; it may contain spaces and brackets itself.
      const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number(name), group: Number(group), state }]
    } catch {
      return [] // It ended between the listing and the reading.
    }
  })
}

function readPs(): ProcessEntry[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [pid, group, state = ''] = line.trim().split(/\s+/)
    return { pid: Number(pid), group: Number(group), state }
  })
}
