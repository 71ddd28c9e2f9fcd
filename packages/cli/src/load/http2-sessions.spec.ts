import { constants, createServer, type ServerHttp2Session } from 'node:http2'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test/serve.ts'
import { createRouting } from './create-routing.ts'
import { createHttp2Sessions } from './http2-sessions.ts'
import type { LoadPlan } from './load-plan.ts'
import { now } from './now.ts'
import { createRecorder } from './recorder.ts'

function sessionsOn(url: string, controller: AbortController) {
  const endpoints = [{ name: 'one', url }]
  const plan: LoadPlan = {
    ...{ endpoints, rps: 1, connections: 20, keepAliveShare: 1, http2: true, idleConnections: 0 },
    ...{ timeoutMs: 5000, settleMs: 0 },
  }
  const recorder = createRecorder()
  const routing = createRouting(endpoints)
  let ids = 0
  const context = { plan, routing, recorder, signal: controller.signal, nextId: () => ++ids }
  return { recorder, routing, ...createHttp2Sessions(context) }
}

describe('createHttp2Sessions', () => {
  it('uses its sessions in turn, and opens others in place of those that say GOAWAY', async () => {
    const sessions: ServerHttp2Session[] = []
    const http2 = createServer((_request, response) => response.end('hello'))
    http2.on('session', (session) => sessions.push(session))
    await using server = await serve(http2)
    const controller = new AbortController()
    const { send, recorder, routing } = sessionsOn(server.url, controller)
    const sendAll = async (count: number) => {
      for (let index = 0; index < count; index++) send(now())
      await waitUntil(() => recorder.inFlight === 0)
      return recorder.take().requests
    }

    const first = await sendAll(6)
    expect(new Set(first.map(({ connection }) => connection)).size).toBe(2)
    expect(first.filter(({ reused }) => reused)).toHaveLength(4)
    expect(first.every(({ outcome, close }) => outcome === 'answered' && !close)).toBe(true)

    for (const session of sessions) session.close()
    await waitUntil(() => recorder.take().connections.length > 0)
    await waitUntil(() => sessions.every(({ closed }) => closed))
    expect((await sendAll(2)).every(({ outcome, reused }) => outcome === 'answered' && !reused)).toBe(true)
    expect(sessions).toHaveLength(4)

    routing.remove('one', now(), 0, 0)
    for (const session of sessions) session.close()
    await waitUntil(() => sessions.every(({ destroyed }) => destroyed))
    expect(await sendAll(2)).toEqual([])
    expect(sessions).toHaveLength(4)
    controller.abort()
  })

  it.each([
    ['retryable', constants.NGHTTP2_REFUSED_STREAM],
    ['resetNew', constants.NGHTTP2_INTERNAL_ERROR],
  ])('tells a stream that is %s', async (outcome, code) => {
    await using server = await serve(createServer().on('stream', (stream) => stream.on('error', () => {}).close(code)))
    const controller = new AbortController()
    const { send, recorder } = sessionsOn(server.url, controller)
    send(now())
    await waitUntil(() => recorder.inFlight === 0)
    expect(recorder.take().requests[0]).toMatchObject({ client: 'http2', outcome })
    controller.abort()
  })
})
