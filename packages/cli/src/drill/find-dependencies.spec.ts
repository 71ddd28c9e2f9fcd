import { describe, expect, it } from 'vitest'
import { findDependencies } from './find-dependencies.ts'

describe('findDependencies', () => {
  it('takes addresses of what services depend on away, and nothing else', () => {
    const env = {
      DATABASE_URL: 'postgres://ada:secret@db:5432/orders?ssl=1',
      CACHE: 'redis://cache:6379',
      HOMEPAGE: 'https://example.org/',
      PATH: '/usr/bin',
      EMPTY: undefined,
    }
    expect(findDependencies(env)).toEqual({
      DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/orders?ssl=1',
      CACHE: 'redis://127.0.0.1:1',
    })
  })
})
