import { createFakeClock } from '@lastcall/core/testing'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Attachment } from '../connections/attachment.ts'
import { type Connection, createConnection } from '../connections/connection.ts'
import { createRecentRequests } from './recent-requests.ts'

function setUp() {
  const clock = createFakeClock(1000)
  const opened: Connection[] = []
  const attachment = { clock, endedAt: -Infinity } as Attachment & { clock: typeof clock }
  const recent = createRecentRequests(attachment, (connection) => void opened.push(connection))
  /** Has a request come that is over at once. */
  function pass() {
    recent.begin()
    recent.end()
  }
  /** Has so many come that the clock is read for none of the next. */
  function crowd() {
    for (let count = 0; count < 10; count++) pass()
  }
  /** Has a request come that goes on. */
  function request(connection = createConnection({} as Socket, clock.now())) {
    const response = { closed: false }
    recent.begin()
    connection.response = response as ServerResponse
    recent.goOn(connection)
    return { connection, response }
  }
  return { clock, attachment, opened, recent, pass, crowd, request }
}

describe('createRecentRequests', () => {
  it('knows to the moment when requests begin and end while they are few, and hands over at once what goes on', async () => {
    const { clock, attachment, opened, recent, pass, request } = setUp()
    for (let count = 0; count < 20; count++) {
      await clock.advance(10)
      pass()
      expect(attachment.endedAt).toBe(clock.now())
    }
    const { connection } = request()
    expect(connection.activeAt).toBe(clock.now())
    expect(opened).toEqual([connection])
    expect(recent.isCrowded()).toBe(false)
    expect(clock.pending).toBe(0)
  })

  it('takes those of a crowd for as old and for as lately ended as they can be', async () => {
    const { clock, attachment, recent, crowd, pass, request } = setUp()
    crowd()
    expect(recent.isCrowded()).toBe(true)
    attachment.isQuick = true
    await clock.advance(20)
    pass()
    expect(attachment.endedAt).toBe(1000)
    expect(request().connection.activeAt).toBe(1000)
    await clock.advance(30)
    expect(attachment.endedAt).toBe(1050)
    expect(recent.isCrowded()).toBe(false)
    expect(attachment.isQuick).toBe(false)
    pass()
    expect(clock.pending).toBe(0)
  })

  it('forgets a response of a crowd that is over', async () => {
    const { clock, opened, crowd, request } = setUp()
    crowd()
    const { connection, response } = request()
    response.closed = true
    await clock.advance(50)
    expect(connection.response).toBeUndefined()
    expect(opened).toEqual([])
  })

  it('hands over, once, a connection of a crowd whose response goes on', async () => {
    const { clock, opened, recent, crowd, request } = setUp()
    crowd()
    const { connection, response } = request()
    await clock.advance(50)
    recent.look()
    expect(opened).toEqual([connection])
    expect(connection.response).toBe(response)
    expect(connection.activeAt).toBe(1000)
  })

  it('looks at a connection once, however many requests it has brought', async () => {
    const { clock, opened, crowd, request } = setUp()
    crowd()
    const { connection } = request()
    request(connection)
    await clock.advance(50)
    expect(opened).toEqual([connection])
  })

  it('leaves no timer behind when it has been told to look', async () => {
    const { clock, attachment, recent, crowd } = setUp()
    crowd()
    expect(clock.pending).toBe(1)
    await clock.advance(5)
    recent.look()
    expect(clock.pending).toBe(0)
    await clock.advance(1000)
    recent.look()
    expect(attachment.endedAt).toBe(1005)
  })
})
