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
  /** Has a connection bring a request, as the tracking does. */
  function request(connection = createConnection({} as Socket, clock.now())) {
    const response = { closed: false }
    connection.response = response as ServerResponse
    connection.activeAt = recent.note(connection)
    return { connection, response }
  }
  return { clock, opened, recent, request }
}

describe('createRecentRequests', () => {
  it('tells the time to a tenth of a second, from one reading of the clock', async () => {
    const { clock, request } = setUp()
    const { connection } = request()
    await clock.advance(99)
    request(connection)
    expect(connection.activeAt).toBe(1000)
    await clock.advance(1)
    request(connection)
    expect(connection.activeAt).toBe(1100)
  })

  it('forgets a response that is over, and takes it for as late as it may have been', async () => {
    const { clock, opened, request } = setUp()
    const { connection, response } = request()
    response.closed = true
    await clock.advance(100)
    expect(connection.response).toBeUndefined()
    expect(connection.activeAt).toBe(1100)
    expect(opened).toEqual([])
  })

  it('hands over, once, a connection whose response goes on', async () => {
    const { clock, opened, recent, request } = setUp()
    const { connection, response } = request()
    await clock.advance(100)
    recent.look()
    expect(opened).toEqual([connection])
    expect(connection.response).toBe(response)
    expect(connection.activeAt).toBe(1000)
  })

  it('looks at a connection once, however many requests it has brought', async () => {
    const { clock, opened, request } = setUp()
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
