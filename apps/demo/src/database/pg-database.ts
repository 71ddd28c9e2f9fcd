import { Pool } from 'pg'
import { ServiceError } from '../errors/service-error.ts'
import { tellAway } from './database-away-error.ts'
import type { Database, Row } from './database.ts'

const CONNECT_TIMEOUT_MS = 5000
const QUERY_TIMEOUT_MS = 10_000
const POOL_SIZE = 10

/**
 * A real PostgreSQL, through a pool of connections.
 * `onError` hears of idle connections that break; the pool replaces them by itself.
 */
export function createPgDatabase(url: string, onError: (error: Error) => void): Database {
  const label = labelOf(url)
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  })
  pool.on('error', onError)
  let closing: Promise<void> | undefined

  return {
    label,
    async open() {
      try {
        await pool.query('select 1')
      } catch (error) {
        throw new ServiceError(
          'ORDERS_DATABASE_UNREACHABLE',
          `${label} cannot be reached: ${reasonOf(error)}. Start it, correct DATABASE_URL, or unset DATABASE_URL to use the embedded database.`,
          { cause: error },
        )
      }
    },
    query: (sql, parameters) => queryWith(pool, sql, parameters),
    async transaction(work) {
      const client = await pool.connect().catch(rejectAway)
      let broken: Error | undefined
      // The pool listens to idle clients alone, and between two statements of this one nobody would.
      const onBroken = (error: Error): void => void (broken = error)
      client.on('error', onBroken)
      try {
        await queryWith(client, 'begin')
        const result = await work({ query: (sql, parameters) => queryWith(client, sql, parameters) })
        await queryWith(client, 'commit')
        return result
      } catch (error) {
        // A connection that cannot roll back is in an unknown state: the pool must not hand it out again.
        await client.query('rollback').catch(onBroken)
        throw error
      } finally {
        client.off('error', onBroken)
        client.release(broken)
      }
    },
    async ping() {
      await pool.query('select 1')
    },
    close() {
      closing ??= pool.end()
      return closing
    },
  }
}

async function queryWith<Result extends Row>(
  client: Pick<Pool, 'query'>,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Result[]> {
  const { rows } = await client.query<Result>(sql, [...parameters]).catch(rejectAway)
  return rows
}

function rejectAway(error: unknown): never {
  throw tellAway(error)
}

function labelOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname}`
}

/** Several addresses of one name fail as an `AggregateError` without a message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
