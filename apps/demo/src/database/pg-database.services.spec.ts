import { waitUntil } from '@lastcall/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeDatabase } from '../../test/support/database-contract.ts'
import { createPgSchema, type PgSchema } from '../../test/support/pg-schema.ts'
import { DatabaseAwayError } from './database-away-error.ts'
import { createPgDatabase } from './pg-database.ts'

const { DATABASE_URL } = process.env

describe.skipIf(DATABASE_URL === undefined)('createPgDatabase (set DATABASE_URL to run)', () => {
  let schema: PgSchema
  beforeAll(async () => {
    schema = await createPgSchema(DATABASE_URL!)
  })
  afterAll(() => schema.drop())

  describeDatabase('as any database', () => createPgDatabase(schema.url, () => {}))

  it('tells of an idle connection that broke, and goes on with another', async () => {
    const { promise: told, resolve: tell } = Promise.withResolvers<Error>()
    const database = createPgDatabase(schema.url, tell)
    const other = createPgDatabase(schema.url, () => {})
    const [session] = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
    await other.query('select pg_terminate_backend($1)', [session?.pid])
    expect(await told).toMatchObject({ code: '57P01' })
    await database.ping()
    await Promise.all([database.close(), other.close()])
  })

  it('rejects a transaction whose connection broke between two statements, and goes on with another', async () => {
    const [database, other] = [createPgDatabase(schema.url, () => {}), createPgDatabase(schema.url, () => {})]
    const transaction = database.transaction(async ({ query }) => {
      const [session] = await query<{ pid: number }>('select pg_backend_pid() as pid')
      await other.query('select pg_terminate_backend($1)', [session?.pid])
      const find = () => other.query('select from pg_stat_activity where pid = $1', [session?.pid])
      await waitUntil(async () => (await find()).length === 0, { what: 'the end of the connection' })
      await query('select 1')
    })
    await expect(transaction).rejects.toBeInstanceOf(DatabaseAwayError)
    await database.ping()
    await Promise.all([database.close(), other.close()])
  })
})

describe('createPgDatabase without a server', () => {
  it('says in one line what cannot be reached, without the password', async () => {
    const database = createPgDatabase('postgres://ada:secret@127.0.0.1:1/orders', () => {})
    await expect(database.open()).rejects.toMatchObject({
      code: 'ORDERS_DATABASE_UNREACHABLE',
      message:
        'PostgreSQL at 127.0.0.1:1/orders cannot be reached: connect ECONNREFUSED 127.0.0.1:1. ' +
        'Start it, correct DATABASE_URL, or unset DATABASE_URL to use the embedded database.',
    })
    await database.close()
  })

  it('says so, in a way that others can tell, when the server is away later', async () => {
    const database = createPgDatabase('postgres://127.0.0.1:1/orders', () => {})
    await expect(database.query('select 1')).rejects.toBeInstanceOf(DatabaseAwayError)
    await expect(database.transaction(async () => {})).rejects.toBeInstanceOf(DatabaseAwayError)
    await database.close()
  })

  it('names every address of a host that has several', async () => {
    const database = createPgDatabase('postgres://localhost:1/orders', () => {})
    await expect(database.open()).rejects.toThrow(/cannot be reached: connect ECONNREFUSED .*:1/)
    await database.close()
  })
})
