import type { FastifyError } from 'fastify'
import { DatabaseAwayError } from '../database/database-away-error.ts'
import { describeFault } from './describe-fault.ts'
import { RequestError } from './request-error.ts'

const ORDER_EXAMPLE =
  'Send for example {"customer":"Ada","items":[{"sku":"tea","quantity":2,"priceCents":450}]} as application/json.'

/** What Fastify finds wrong with a request, in the words of this service. */
const TRANSLATIONS: Readonly<Record<string, (error: FastifyError) => RequestError>> = {
  FST_ERR_VALIDATION: ({ validation = [] }) =>
    new RequestError(400, 'INVALID_ORDER', `The order is not valid: ${describeFault(validation)}.`, ORDER_EXAMPLE),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new RequestError(400, 'MALFORMED_JSON', 'The body is not JSON.', ORDER_EXAMPLE),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new RequestError(400, 'MALFORMED_JSON', 'The body is empty.', ORDER_EXAMPLE),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body is in a format that is not read here.', ORDER_EXAMPLE),
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new RequestError(413, 'BODY_TOO_LARGE', 'The body is larger than an order can be.', 'Send at most 64 kB.'),
}

/** Any error as the response to its request. */
export function translateError(error: FastifyError): RequestError {
  if (error instanceof RequestError) return error
  const { code = '', message, statusCode = 500 } = error
  const translation = TRANSLATIONS[code]
  if (translation !== undefined) return translation(error)
  if (error instanceof DatabaseAwayError) {
    return new RequestError(
      503,
      'DATABASE_AWAY',
      'The database does not answer at the moment.',
      'Try again in a second.',
    )
  }
  if (statusCode >= 400 && statusCode < 500) {
    return new RequestError(
      statusCode,
      'BAD_REQUEST',
      `The request cannot be read: ${message}.`,
      'Correct the request.',
    )
  }
  return new RequestError(
    500,
    'INTERNAL',
    'The service failed on this request.',
    'Try again; the log of the service says what went wrong.',
  )
}
