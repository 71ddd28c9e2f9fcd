import { describe, expect, it } from 'vitest'
import { createRenderer } from './render-health.ts'

describe('createRenderer', () => {
  it('changes none of the objects that it is given', () => {
    const statusOkResponse = Object.freeze({ status: 'up' })
    const statusErrorResponse = Object.freeze({ status: 'down' })
    const { success, failure } = createRenderer({ statusOkResponse, statusErrorResponse })
    expect(success({ a: 1 }).body).toBe('{"status":"up","info":{"a":1},"details":{"a":1}}')
    expect(success(undefined).body).toBe('{"status":"up"}')
    expect(failure({ causes: ['a'] }).body).toBe('{"status":"down","error":["a"],"details":["a"]}')
    expect(failure(undefined).body).toBe('{"status":"down"}')
  })

  it.each([
    [429, 429],
    ['429', 429],
    [undefined, 503],
    [0, 503],
    [-1, 503],
    [7.5, 503],
    [1000, 503],
    ['E_NO_ROUTE', 503],
  ])('of an error with status code %s makes a response with %d', (statusCode, status) => {
    expect(createRenderer({}).failure({ statusCode })).toMatchObject({ status })
  })

  it('shows what an error holds at any depth, its stack only when that is asked for', () => {
    const error = Object.assign(new Error('outer'), { inner: new Error('inner') })
    const hidden = createRenderer({}).failure({ causes: { error } }).body
    expect(JSON.parse(hidden).details).toEqual({ error: { message: 'outer', inner: { message: 'inner' } } })
    const healthChecks = { __unsafeExposeStackTraces: true }
    const shown = createRenderer({ healthChecks }).failure({ causes: { error } }).body
    expect(JSON.parse(shown).details.error.inner.stack).toContain('render-health.spec')
  })
})
