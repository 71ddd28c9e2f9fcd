import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ServiceError } from '../errors/service-error.ts'

interface Owner {
  readonly pid: number
  /** Tells a process from an older one with the same id: in a container every main process is 1. */
  readonly startedAt: number
}

/**
 * Takes a data folder for this process; the return value gives it back. Needed because the embedded database
 * takes no lock of its own, and two processes in one folder lose orders. A lock whose process is gone is taken over;
 * it knows the processes of one machine only. Throws `ORDERS_DATABASE_IN_USE` when the owner lives.
 */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, 'lock')
  const self: Owner = { pid: process.pid, startedAt: Math.round(performance.timeOrigin) }
  if (!tryTake(path, self)) {
    const owner = readOwner(path)
    if (owner !== undefined && isAlive(owner, self)) {
      throw new ServiceError(
        'ORDERS_DATABASE_IN_USE',
        `The data folder ${dataDir} is in use by process ${owner.pid}. Stop that process, or set DATA_DIR to another folder.`,
      )
    }
    rmSync(path, { force: true })
    if (!tryTake(path, self)) return lockDataDir(dataDir)
  }
  return () => rmSync(path, { force: true })
}

/** Links a file that is already written: of two processes at the same moment one wins, and none reads half a lock. */
function tryTake(path: string, owner: Owner): boolean {
  const draft = `${path}.${owner.pid}`
  try {
    writeFileSync(draft, JSON.stringify(owner))
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

function isAlive(owner: Owner, self: Owner): boolean {
  if (owner.pid === self.pid) return owner.startedAt === self.startedAt
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
