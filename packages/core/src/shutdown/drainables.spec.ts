import { describe, expect, it } from 'vitest'
import { fakeServer, setUp } from '../../test/set-up.ts'

describe('drainables', () => {
  it('are told of the lame duck at the signal, and to drain after it', async () => {
    const { lifecycle, clock, process } = setUp({ lameDuck: { minMs: 1000, quietMs: 0 } })
    const server = fakeServer()
    lifecycle.attach(server.drainable)
    await lifecycle.start()
    expect(server.calls).toEqual([])
    process.kill('SIGTERM')
    expect(server.calls).toEqual(['lameDuck'])
    await clock.advance(1000)
    expect(server.calls).toEqual(['lameDuck', 'drain'])
    server.finish()
    expect(await clock.runUntil(lifecycle.shutdown())).toMatchObject({ outcome: 'clean', durationMs: 1000 })
  })

  it('are brought to where the others are when they come late', async () => {
    const { lifecycle, clock } = setUp()
    const first = fakeServer()
    const late = fakeServer()
    lifecycle.attach(first.drainable)
    const done = lifecycle.shutdown()
    await clock.settle()
    lifecycle.attach(late.drainable)
    expect(late.calls).toEqual(['lameDuck', 'drain'])
    first.finish()
    await clock.settle()
    expect(lifecycle.state).toMatchObject({ phase: 'drain' })
    late.finish()
    expect((await clock.runUntil(done)).outcome).toBe('clean')
  })

  it('are left alone once detached', async () => {
    const { lifecycle, clock } = setUp()
    const server = fakeServer()
    lifecycle.attach(server.drainable)()
    await clock.runUntil(lifecycle.shutdown())
    expect(server.calls).toEqual([])
  })

  it('are aborted at the deadline of the drain, and what they cut is named', async () => {
    const { lifecycle, clock, events } = setUp()
    const work = { kind: 'request', name: 'GET /slow', ageMs: 5 } as const
    const server = fakeServer([work])
    lifecycle.attach(server.drainable)
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(server.calls).toEqual(['lameDuck', 'drain', 'abort'])
    expect(report).toMatchObject({ outcome: 'cut', exitCode: 1, inFlight: [work], cut: [work] })
    expect(events).toContainEqual(expect.objectContaining({ type: 'drain:end', drainable: 'http', cut: [work] }))
  })

  it('are aborted at once when they come after the abort', async () => {
    const { lifecycle, clock } = setUp()
    const late = fakeServer()
    lifecycle.attach(fakeServer().drainable)
    lifecycle.onShutdown('late', () => void lifecycle.attach(late.drainable))
    await clock.runUntil(lifecycle.shutdown())
    expect(late.calls).toEqual(['lameDuck', 'drain', 'abort'])
  })

  it('cannot stop one another by throwing', async () => {
    const { lifecycle, clock } = setUp()
    const fail = () => {
      throw new Error('bug in the server')
    }
    const broken = { name: 'broken', lameDuck: fail, lastConnectionAt: fail, drain: fail, abort: fail, inFlight: fail }
    const server = fakeServer()
    server.finish()
    lifecycle.attach(broken)
    lifecycle.attach(server.drainable)
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(server.calls).toEqual(['lameDuck', 'drain'])
    expect(report.errors).toContain('bug in the server')
    expect(report.outcome).toBe('failed')
  })
})
