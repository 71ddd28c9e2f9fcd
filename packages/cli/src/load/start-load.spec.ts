import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test/serve.ts'
import { now } from './now.ts'
import { startLoad } from './start-load.ts'

describe('startLoad', () => {
  it('runs in a process of its own, on the same clock, and tells what it saw', async () => {
    await using server = await serve((_request, response) => response.end())
    const startedMs = now()
    let news = 0
    const load = startLoad({
      endpoints: [{ name: 'one', url: server.url }],
      ...{ rps: 100, connections: 2, keepAliveShare: 0.5, http2: false, idleConnections: 0 },
      ...{ timeoutMs: 5000, settleMs: 100 },
    })
    load.follow(() => void news++)
    await load.started
    await waitUntil(() => load.recording.requests.length > 10)
    load.unroute('one', now(), 0, 0)
    const finished = await load.stop()
    expect(await load.stop()).toBe(finished)
    expect(news).toBeGreaterThan(0)
    expect(finished.unsent).toBe(0)
    expect(finished.requests.every(({ outcome }) => outcome === 'answered')).toBe(true)
    expect(finished.requests.every(({ dueMs, endedMs }) => dueMs > startedMs && endedMs < now())).toBe(true)
  })
})
