import { createFakeClock } from '@lastcall/core/testing'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Connection, createConnection } from '../connections/connection.ts'
import { createRecentRequests } from './recent-requests.ts'

function setUp() {
  const clock = createFakeClock(1000)
  const opened: Connection[] = []
  const recent = createRecentRequests(clock, (connection) => void opened.push(connection))
  /** Has a connection bring a request, as the tracking does; gives the time that was noted too. */
  function request(connection = createConnection({} as Socket, clock.now())) {
    const response = { closed: false }
    connection.response = response as ServerResponse
    const notedAt = recent.note(connection)
    connection.activeAt = notedAt ?? clock.now()
    return { connection, response, notedAt }
  }
  /** Has so many come that no further one is watched by itself. */
  function crowd() {
    for (let count = 0; count < 100; count++) request()
  }
  return { clock, opened, recent, request, crowd }
}

describe('createRecentRequests', () => {
  it('leaves requests to the caller while they are few, and looks at none of them', async () => {
    const { clock, opened, request } = setUp()
    for (let count = 0; count < 100; count++) expect(request().notedAt).toBeUndefined()
    expect(request().notedAt).toBe(1000)
    await clock.advance(100)
    expect(opened).toHaveLength(1)
    expect(request().notedAt).toBeUndefined()
  })

  it('tells the time to a tenth of a second, from one reading of the clock', async () => {
    const { clock, request, crowd } = setUp()
    crowd()
    const { connection } = request()
    await clock.advance(99)
    expect(request(connection).notedAt).toBe(1000)
    await clock.advance(1)
    crowd()
    expect(request(connection).notedAt).toBe(1100)
  })

  it('forgets a response that is over, and takes it for as late as it may have been', async () => {
    const { clock, opened, request, crowd } = setUp()
    crowd()
    const { connection, response } = request()
    response.closed = true
    await clock.advance(100)
    expect(connection.response).toBeUndefined()
    expect(connection.activeAt).toBe(1100)
    expect(opened).toEqual([])
  })

  it('hands over, once, a connection whose response goes on', async () => {
    const { clock, opened, recent, request, crowd } = setUp()
    crowd()
    const { connection, response } = request()
    await clock.advance(100)
    recent.look()
    expect(opened).toEqual([connection])
    expect(connection.response).toBe(response)
    expect(connection.activeAt).toBe(1000)
  })

  it('looks at a connection once, however many requests it has brought', async () => {
    const { clock, opened, request, crowd } = setUp()
    crowd()
    const { connection } = request()
    request(connection)
    await clock.advance(100)
    expect(opened).toEqual([connection])
  })

  it('leaves no timer behind when it has been told to look', async () => {
    const { clock, recent, request } = setUp()
    request()
    expect(clock.pending).toBe(1)
    recent.look()
    expect(clock.pending).toBe(0)
    await clock.advance(1000)
    expect(clock.pending).toBe(0)
  })
})
