import type { FastifyError } from 'fastify'
import { describe, expect, it } from 'vitest'
import { DatabaseAwayError } from '../database/database-away-error.ts'
import { translateError } from './translate-error.ts'

const translate = (error: Error) => translateError(error as FastifyError)

describe('translateError', () => {
  it('asks to try again when the database is away', () => {
    expect(translate(new DatabaseAwayError('secret'))).toMatchObject({
      statusCode: 503,
      code: 'DATABASE_AWAY',
      message: 'The database does not answer at the moment.',
    })
  })

  it('tells nothing of a fault of the service', () => {
    expect(translate(new Error('secret'))).toMatchObject({
      statusCode: 500,
      code: 'INTERNAL',
      message: 'The service failed on this request.',
    })
  })

  it('keeps the status of a fault of the client that it has no words for', () => {
    const error = Object.assign(new Error('odd'), { statusCode: 418 })
    expect(translate(error)).toMatchObject({ statusCode: 418, code: 'BAD_REQUEST' })
  })
})
