import { describe, expect, it } from 'vitest'
import { fakeServer, hang, setUp } from '../../test/set-up.ts'
import type { LifecycleOptions } from '../options.ts'

describe('further signals', () => {
  const options: LifecycleOptions = { gracePeriodMs: 30_000, lameDuck: { minMs: 5000, quietMs: 0 } }

  it('climb one rung each: the lame duck ends, what is in flight is aborted, the process ends', async () => {
    const { lifecycle, clock, process } = setUp(options)
    const server = fakeServer([{ kind: 'request', name: 'GET /slow', ageMs: 7 }])
    lifecycle.attach(server.drainable)
    lifecycle.onShutdown('hung', hang)
    await lifecycle.start()
    process.kill('SIGTERM')
    await clock.settle()
    expect(lifecycle.state).toMatchObject({ phase: 'lameDuck' })
    process.kill('SIGTERM')
    await clock.settle()
    expect(lifecycle.state).toMatchObject({ phase: 'drain' })
    process.kill('SIGTERM')
    await clock.settle()
    expect(lifecycle.aborting.aborted).toBe(true)
    await clock.advance(100)
    expect(lifecycle.state).toMatchObject({ phase: 'close' })
    process.kill('SIGTERM')
    expect(process.exits).toEqual([128 + 15])
    const report = await lifecycle.shutdown()
    expect(report).toMatchObject({ outcome: 'forced', exitCode: 143, cut: [{ name: 'GET /slow' }] })
    expect(report.escalations.map(({ rung }) => rung)).toEqual(['endLameDuck', 'abort', 'exit'])
  })

  it('end the lame duck, and not what is being announced beside it', async () => {
    const { lifecycle, clock, process, sleep } = setUp(options)
    lifecycle.onShutdown('deregister', () => sleep(800), { phase: 'announce' })
    await lifecycle.start()
    process.kill('SIGTERM')
    await clock.advance(100)
    process.kill('SIGTERM')
    expect(await clock.runUntil(lifecycle.shutdown())).toMatchObject({ outcome: 'clean', durationMs: 800 })
  })

  it('skip the rungs that mean nothing any more', async () => {
    const { lifecycle, clock, process } = setUp(options)
    lifecycle.onShutdown('hung', hang)
    await lifecycle.start()
    process.kill('SIGINT')
    await clock.advance(5000)
    expect(lifecycle.state).toMatchObject({ phase: 'close' })
    process.kill('SIGINT')
    expect(process.exits).toEqual([130])
  })

  it('begin with the second: the first joins a shutdown that something else began', async () => {
    const { lifecycle, clock, process } = setUp(options)
    await lifecycle.start()
    void lifecycle.shutdown('deploy')
    process.kill('SIGTERM')
    await clock.advance(4000)
    expect(lifecycle.state).toMatchObject({ phase: 'lameDuck' })
    process.kill('SIGTERM')
    expect((await clock.runUntil(lifecycle.shutdown())).durationMs).toBe(4000)
  })
})
