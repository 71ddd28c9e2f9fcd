import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { createPgliteDatabase } from '../../src/database/pglite-database.ts'
import { createDataDir, type TestFolder } from './data-dir.ts'

/** An open database for the tests of a `describe`, empty at the start of each. */
export function useTestDatabase(): Database {
  let folder: TestFolder
  let database: Database

  beforeAll(async () => {
    folder = await createDataDir()
    database = createPgliteDatabase(folder.path)
    await database.open()
  })
  beforeEach(() => emptyTables(database))
  afterAll(async () => {
    await database.close()
    await folder[Symbol.asyncDispose]()
  })

  return {
    label: 'test',
    open: () => database.open(),
    query: (sql, parameters) => database.query(sql, parameters),
    transaction: (work) => database.transaction(work),
    ping: () => database.ping(),
    close: () => database.close(),
  }
}

/** Forgets every order, event and number. */
export async function emptyTables(database: Database): Promise<void> {
  await database.query('truncate orders, order_queue, order_events restart identity')
}
