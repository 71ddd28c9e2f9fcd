import { describe, expect, it } from 'vitest'
import { fakeServer, setUp } from '../../test/set-up.ts'

/** Runs a lame duck; `connections` come at these milliseconds after the signal. */
async function lameDuckMs(lameDuck: object, connections: number[] = [], endAt?: number): Promise<number | undefined> {
  const { lifecycle, clock, process } = setUp({ lameDuck, gracePeriodMs: 60_000 })
  const server = fakeServer()
  server.finish()
  lifecycle.attach(server.drainable)
  await lifecycle.start()
  process.kill('SIGTERM')
  const begunAt = clock.now()
  for (const at of connections) clock.setTimeout(() => server.connect(begunAt + at), at)
  if (endAt !== undefined) clock.setTimeout(() => process.kill('SIGTERM'), endAt)
  const { phases } = await clock.runUntil(lifecycle.shutdown())
  return phases.find(({ phase }) => phase === 'lameDuck')?.durationMs
}

describe('waitLameDuck', () => {
  it('waits the shortest time when no connection comes', async () => {
    expect(await lameDuckMs({ minMs: 5000, quietMs: 1000, maxMs: 9000 })).toBe(5000)
  })

  it('goes on until no new connection has come for the quiet time', async () => {
    expect(await lameDuckMs({ minMs: 5000, quietMs: 1000, maxMs: 9000 }, [4500, 5200])).toBe(6200)
  })

  it('ends at the longest time, however many connections come', async () => {
    const everyHalfSecond = Array.from({ length: 40 }, (_, index) => index * 500)
    expect(await lameDuckMs({ minMs: 5000, quietMs: 1000, maxMs: 9000 }, everyHalfSecond)).toBe(9000)
  })

  it('ends at once for a second signal', async () => {
    expect(await lameDuckMs({ minMs: 5000, quietMs: 1000, maxMs: 9000 }, [], 1234)).toBe(1234)
  })

  it('takes no time where nobody routes', async () => {
    expect(await lameDuckMs({})).toBe(0)
  })
})
