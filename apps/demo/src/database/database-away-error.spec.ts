import { describe, expect, it } from 'vitest'
import { DatabaseAwayError, tellAway } from './database-away-error.ts'

const failure = (code?: string) => Object.assign(new Error('it failed'), { code })

describe('tellAway', () => {
  it.each(['57P01', '08006', '53300', 'ECONNREFUSED', undefined])('tells from %s that the database is away', (code) => {
    const error = failure(code)
    expect(tellAway(error)).toBeInstanceOf(DatabaseAwayError)
    expect(tellAway(error)).toMatchObject({ message: 'it failed', cause: error })
  })

  it.each(['23505', '42P01', '22P05'])('leaves %s as it is: the statement is at fault', (code) => {
    const error = failure(code)
    expect(tellAway(error)).toBe(error)
  })
})
