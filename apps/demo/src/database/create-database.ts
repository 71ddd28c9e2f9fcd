import type { Config } from '../config.ts'
import type { Database } from './database.ts'
import { createPgDatabase } from './pg-database.ts'
import { createPgliteDatabase } from './pglite-database.ts'

/** The database that the configuration asks for: PostgreSQL at `DATABASE_URL`, else the embedded one in `DATA_DIR`. */
export function createDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  onError: (error: Error) => void,
): Database {
  return config.databaseUrl === undefined
    ? createPgliteDatabase(config.dataDir)
    : createPgDatabase(config.databaseUrl, onError)
}
