import { RequestError } from '../errors/request-error.ts'

const MAX_INTEGER = 2_147_483_647
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The query string as Fastify parses it: a repeated name is a list. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/** The id of an order in a path, as the database writes it. Throws 400 when it cannot be one. */
export function readOrderId(text: string): string {
  if (UUID.test(text)) return text.toLowerCase()
  throw new RequestError(400, 'INVALID_ORDER_ID', `"${text}" is not the id of an order.`, 'Use the "id" of an order.')
}

/** A number of the query string within its limits; `undefined` when it is not there. Throws 400. */
export function readInteger(query: Query, name: string, { min = 1, max = MAX_INTEGER } = {}): number | undefined {
  const text = query[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (typeof text === 'string' && /^\d+$/.test(text) && value >= min && value <= max) return value
  throw invalidQuery(name, text, `a whole number from ${min} to ${max}`)
}

/** Whether the client wants to wait until the order is processed. Throws 400 for any other wish. */
export function readWait(query: Query): boolean {
  if (query.wait === undefined) return false
  if (query.wait === 'processed') return true
  throw invalidQuery('wait', query.wait, '"processed"')
}

function invalidQuery(name: string, found: string | readonly string[], wanted: string): RequestError {
  const message = `The query parameter "${name}" cannot be "${String(found)}".`
  return new RequestError(400, 'INVALID_QUERY', message, `Set it to ${wanted}, or leave it out.`)
}
