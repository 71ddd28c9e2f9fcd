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
  const attachment = { clock, busy: new Set<Connection>(), endedAt: -Infinity } as Attachment & { clock: typeof clock }
  const recent = createRecentRequests(attachment, (connection) => void opened.push(connection))
  /** Has a request come that goes on. */
  function request(connection = createConnection({} as Socket, clock.now())) {
    const response = { closed: false }
    recent.begin()
    connection.response = response as ServerResponse
    recent.goOn(connection)
    return { connection, response }
  }
  return { clock, attachment, opened, recent, request }
}

describe('createRecentRequests', () => {
  it('takes requests within a short time for as old and for as lately ended as they can be', async () => {
    const { clock, attachment, recent, request } = setUp()
    recent.begin()
    attachment.isQuick = true
    await clock.advance(15)
    expect(request().connection.activeAt).toBe(1000)
    expect(attachment.endedAt).toBe(-Infinity)
    await clock.advance(5)
    expect(attachment.endedAt).toBe(1020)
    expect(attachment.isQuick).toBe(false)
    await clock.advance(5)
    expect(request().connection.activeAt).toBe(1025)
  })

  it('keeps no timer while no request comes', async () => {
    const { clock, recent } = setUp()
    expect(clock.pending).toBe(0)
    recent.begin()
    recent.begin()
    expect(clock.pending).toBe(1)
    await clock.advance(1000)
    expect(clock.pending).toBe(0)
  })

  it('forgets a response that is over', async () => {
    const { clock, attachment, opened, request } = setUp()
    const { connection, response } = request()
    attachment.busy.add(connection)
    response.closed = true
    await clock.advance(20)
    expect(connection.response).toBeUndefined()
    expect(opened).toEqual([])
    expect(attachment.busy.size).toBe(0)
  })

  it('leaves a connection busy on which a response before it goes on', async () => {
    const { clock, attachment, request } = setUp()
    const { connection, response } = request()
    connection.earlier = [{ response: { closed: false } as ServerResponse, startedAt: 1000 }]
    attachment.busy.add(connection)
    response.closed = true
    await clock.advance(20)
    expect([...attachment.busy]).toEqual([connection])
  })

  it('hands over, once, a connection whose response goes on', async () => {
    const { clock, attachment, opened, recent, request } = setUp()
    const { connection, response } = request()
    expect(opened).toEqual([])
    await clock.advance(20)
    recent.look()
    expect(opened).toEqual([connection])
    expect([...attachment.busy]).toEqual([connection])
    expect(connection.response).toBe(response)
    expect(connection.activeAt).toBe(1000)
  })

  it('looks at a connection once, however many requests it has brought', async () => {
    const { clock, opened, request } = setUp()
    const { connection } = request()
    request(connection)
    await clock.advance(20)
    expect(opened).toEqual([connection])
  })

  it('leaves no timer behind when it has been told to look', async () => {
    const { clock, attachment, recent } = setUp()
    recent.begin()
    await clock.advance(5)
    recent.look()
    expect(clock.pending).toBe(0)
    await clock.advance(1000)
    recent.look()
    expect(attachment.endedAt).toBe(1005)
  })
})
