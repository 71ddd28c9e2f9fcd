import { randomUUID } from 'node:crypto'
import { Client } from 'pg'

/** A schema of its own in a real PostgreSQL, so that specs leave what is there alone. */
export interface PgSchema {
  /** Leads every connection into the schema. */
  readonly url: string
  drop(): Promise<void>
}

/** Makes a schema in the database at `databaseUrl`. */
export async function createPgSchema(databaseUrl: string): Promise<PgSchema> {
  const name = `orders_spec_${randomUUID().replaceAll('-', '')}`
  await execute(databaseUrl, `create schema ${name}`)
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${name}`)
  return { url: url.href, drop: () => execute(databaseUrl, `drop schema ${name} cascade`) }
}

async function execute(databaseUrl: string, sql: string): Promise<void> {
  const client = new Client(databaseUrl)
  await client.connect()
  await client.query(sql)
  await client.end()
}
