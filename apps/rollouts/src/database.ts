import { randomUUID } from 'node:crypto'
import { Client } from 'pg'

/** A schema of its own in a real PostgreSQL. */
export interface Schema extends AsyncDisposable {
  /** Its address for who connects to `host` and `port`, where those lead to the database. */
  urlBy(address: { readonly host: string; readonly port: number }): string
}

/** Makes a schema in the database at `databaseUrl`; its disposal drops it. */
export async function createSchema(databaseUrl: string): Promise<Schema> {
  const name = `rollouts_${randomUUID().replaceAll('-', '')}`
  await execute(databaseUrl, `create schema ${name}`)
  return {
    urlBy({ host, port }) {
      const url = new URL(databaseUrl)
      Object.assign(url, { hostname: host, port: String(port) })
      url.searchParams.set('options', `-c search_path=${name}`)
      return url.href
    },
    [Symbol.asyncDispose]: () => execute(databaseUrl, `drop schema ${name} cascade`),
  }
}

async function execute(databaseUrl: string, sql: string): Promise<void> {
  const client = new Client(databaseUrl)
  await client.connect()
  await client.query(sql)
  await client.end()
}
