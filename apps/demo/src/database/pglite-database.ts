import { mkdir } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { ServiceError } from '../errors/service-error.ts'
import { lockDataDir } from './data-dir-lock.ts'
import type { Database, Row } from './database.ts'
import { openPglite } from './open-pglite.ts'

/**
 * PostgreSQL inside this process, on disk below `dataDir`. Each commit is written to its files before it is
 * acknowledged, so it outlives a killed process; it is not synced, so a power cut may lose the newest.
 */
export function createPgliteDatabase(dataDir: string): Database {
  let engine: PGlite | undefined
  let unlock: (() => void) | undefined
  let last: Promise<unknown> = Promise.resolve()
  let closing: Promise<void> | undefined

  function opened(): PGlite {
    if (engine === undefined) throw new Error('The embedded database is not open: call open() first.')
    return engine
  }

  /** There is one connection, so one piece of work at a time. */
  function inTurn<Result>(work: (engine: PGlite) => Promise<Result>): Promise<Result> {
    const result = last.then(() => work(opened()))
    last = result.catch(() => {})
    return result
  }

  async function close(): Promise<void> {
    await last
    await engine?.close()
    engine = undefined
    unlock?.()
    unlock = undefined
  }

  return {
    label: `embedded PostgreSQL in ${dataDir}`,
    async open({ signal } = {}) {
      try {
        await mkdir(dataDir, { recursive: true })
        unlock = lockDataDir(dataDir)
        engine = await openPglite(dataDir, signal)
      } catch (error) {
        unlock?.()
        unlock = undefined
        if (error instanceof ServiceError || signal?.aborted) throw error
        throw new ServiceError(
          'ORDERS_DATABASE_UNUSABLE',
          `The data folder ${dataDir} cannot be used: ${error instanceof Error ? error.message : String(error)}. ` +
            'Set DATA_DIR to another folder, or delete this one to start empty.',
          { cause: error },
        )
      }
    },
    query: (sql, parameters) => inTurn((current) => queryWith(current, sql, parameters)),
    transaction: (work) =>
      inTurn((current) =>
        current.transaction((transaction) =>
          work({ query: (sql, parameters) => queryWith(transaction, sql, parameters) }),
        ),
      ),
    async ping() {
      // Past those who wait their turn: the question is whether the database answers, not how busy it is.
      await opened().query('select 1')
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}

/**
 * Each statement waits for a turn of the event loop. The engine runs inside this thread and answers in microtasks:
 * without a pause, a queue of statements would keep every socket and timer waiting until it is empty.
 */
async function queryWith<Result extends Row>(
  engine: Pick<PGlite | Transaction, 'query'>,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Result[]> {
  await setImmediate()
  const { rows } = await engine.query<Result>(sql, [...parameters])
  return rows
}
