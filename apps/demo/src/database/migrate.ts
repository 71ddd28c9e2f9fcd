import type { Database } from './database.ts'
import { type Migration, MIGRATIONS } from './migrations.ts'

/** Any number will do, as long as every replica uses the same. */
const MIGRATION_LOCK = 7_250_001

/**
 * Brings the schema up to date in one transaction; returns the names of the steps it took.
 * Replicas that start together take turns, and the later ones find nothing left to do.
 */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<string[]> {
  return await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await transaction.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const applied = await transaction.query<{ name: string }>('select name from schema_migrations')
    const known = new Set(applied.map(({ name }) => name))
    const missing = migrations.filter(({ name }) => !known.has(name))
    for (const { name, statements } of missing) {
      for (const statement of statements) await transaction.query(statement)
      await transaction.query('insert into schema_migrations (name) values ($1)', [name])
    }
    return missing.map(({ name }) => name)
  })
}
