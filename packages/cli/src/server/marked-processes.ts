import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { LeftoverProcess } from '@lastcall/kubelet'

/** The variable that every process which a drill starts inherits, those too that leave their group. */
export const MARK_VARIABLE = 'DRILL_MARK'

/** A mark for one server. It begins with that of the drill, which is its process id. */
export function createMark(): string {
  return `${markOf(process.pid)}${randomUUID()}`
}

/** What all marks of a drill begin with. */
export function markOf(drillPid: number): string {
  return `${drillPid}.`
}

/** The processes that carry a mark; none where the system does not tell. */
export function findMarked(mark: string): LeftoverProcess[] {
  return listIds().flatMap((pid) => {
    const variables = read(`/proc/${pid}/environ`).split('\0')
    if (!variables.some((each) => each.startsWith(`${MARK_VARIABLE}=${mark}`))) return []
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
    return [{ pid, command }]
  })
}

/** Ends the processes that carry a mark. */
export function endMarked(mark: string): void {
  for (const { pid } of findMarked(mark)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}

function listIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // It has ended meanwhile, or is another user's.
  }
}
