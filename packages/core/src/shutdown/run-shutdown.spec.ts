import { describe, expect, it } from 'vitest'
import { fakeServer, hang, setUp } from '../../test/set-up.ts'

describe('runShutdown', () => {
  it('announces beside the lame duck, and does not stop listening before it has announced', async () => {
    const { lifecycle, clock, process, sleep } = setUp({ gracePeriodMs: 30_000, lameDuck: { minMs: 1000, quietMs: 0 } })
    const server = fakeServer()
    lifecycle.attach(server.drainable)
    lifecycle.onShutdown('deregister', () => sleep(1500), { phase: 'announce' })
    await lifecycle.start()
    process.kill('SIGTERM')
    await clock.advance(1400)
    expect(server.calls).toEqual(['lameDuck'])
    await clock.advance(100)
    expect(server.calls).toEqual(['lameDuck', 'drain'])
  })

  it('goes on without an announcement that hangs', async () => {
    const { lifecycle, clock } = setUp({ announceTimeoutMs: 700 })
    lifecycle.onShutdown('deregister', hang, { phase: 'announce' })
    const { durationMs, hooks } = await clock.runUntil(lifecycle.shutdown())
    expect([durationMs, hooks]).toMatchObject([700, [{ name: 'deregister', outcome: 'abandoned' }]])
  })

  it('stops components after their dependents, and those of earlier phases first', async () => {
    const { lifecycle, clock } = setUp()
    const stopped: string[] = []
    const stop = (name: string) => () => void stopped.push(name)
    lifecycle
      .use({ name: 'logs', phase: 'flush', stop: stop('logs') })
      .use({ name: 'db', dependsOn: ['logs'], stop: stop('db') })
      .use({ name: 'cache', stop: stop('cache') })
      .use({ name: 'queue', dependsOn: ['db'], phase: 'drain', stop: stop('queue') })
      .use({ name: 'registry', phase: 'announce', stop: stop('registry') })
    await lifecycle.start()
    await clock.runUntil(lifecycle.shutdown())
    expect(stopped).toEqual(['registry', 'queue', 'cache', 'db', 'logs'])
  })

  it('gives each of a chain of components its share, so that one that hangs takes no time from the next', async () => {
    const { lifecycle, clock, sleep } = setUp({ closeTimeoutMs: 3000, gracePeriodMs: 30_000 })
    lifecycle
      .use({ name: 'db', stop: () => sleep(900) })
      .use({ name: 'repository', dependsOn: ['db'], stop: hang })
      .use({ name: 'web', dependsOn: ['repository'], stop: hang })
    await lifecycle.start()
    const { hooks } = await clock.runUntil(lifecycle.shutdown())
    expect(hooks).toMatchObject([
      { name: 'web', outcome: 'abandoned', durationMs: 1000 },
      { name: 'repository', outcome: 'abandoned', durationMs: 1000 },
      { name: 'db', outcome: 'ok', durationMs: 900 },
    ])
  })

  it('runs the hooks of a phase before its components stop, with half of the time', async () => {
    const { lifecycle, clock } = setUp({ closeTimeoutMs: 1000 })
    lifecycle.use({ name: 'db', stop: () => undefined })
    lifecycle.onShutdown('save', hang)
    await lifecycle.start()
    const { hooks } = await clock.runUntil(lifecycle.shutdown())
    expect(hooks).toMatchObject([
      { name: 'save', durationMs: 500, outcome: 'abandoned' },
      { name: 'db', outcome: 'ok' },
    ])
  })

  it("keeps to a component's own timeout", async () => {
    const { lifecycle, clock } = setUp()
    lifecycle.use({ name: 'db', stop: hang, stopTimeoutMs: 50 })
    await lifecycle.start()
    expect((await clock.runUntil(lifecycle.shutdown())).hooks).toMatchObject([
      { name: 'db', durationMs: 50, outcome: 'abandoned' },
    ])
  })

  it('aborts what is in flight shortly before it is cut, and cuts nothing that ends then', async () => {
    const { lifecycle, clock } = setUp()
    const server = fakeServer()
    lifecycle.attach(server.drainable)
    lifecycle.aborting.addEventListener('abort', () => server.finish())
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
    expect(report.durationMs).toBe(lifecycle.options.drainTimeoutMs - 100)
  })

  it('lets a component that started at the last moment end its stop before what it depends on is stopped', async () => {
    const { lifecycle, clock, process, sleep, events } = setUp()
    const lastMomentMs = lifecycle.options.drainTimeoutMs - 50
    lifecycle
      .use({ name: 'db' })
      .use({ name: 'worker', dependsOn: ['db'], phase: 'drain', start: () => sleep(lastMomentMs), stop: hang })
    lifecycle.start().catch(() => undefined)
    await clock.settle()
    process.kill('SIGTERM')
    await clock.runUntil(lifecycle.shutdown())
    const steps = events.flatMap((event) => (event.type.startsWith('component:stop') ? [event] : []))
    expect(steps).toMatchObject([
      { type: 'component:stop:begin', component: 'worker' },
      { type: 'component:stop:end', component: 'worker', outcome: 'abandoned' },
      { type: 'component:stop:begin', component: 'db' },
      { type: 'component:stop:end', component: 'db', outcome: 'ok' },
    ])
  })

  it('ends by the deadline when everything hangs', async () => {
    const { lifecycle, clock } = setUp({ gracePeriodMs: 30_000, lameDuck: { minMs: 5000 } })
    lifecycle.attach(fakeServer().drainable)
    lifecycle.hold('work')
    lifecycle.use({ name: 'db', stop: hang }).use({ name: 'worker', phase: 'drain', stop: hang })
    for (const phase of ['announce', 'drain', 'close', 'flush'] as const) lifecycle.onShutdown(phase, hang, { phase })
    await lifecycle.start()
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(report.durationMs).toBeLessThanOrEqual(27_000)
    expect(report.hooks.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'announce abandoned',
      'drain abandoned',
      'worker abandoned',
      'close abandoned',
      'db abandoned',
      'flush abandoned',
    ])
  })

  it('shortens what is left when the event loop was blocked past the plan', async () => {
    const { lifecycle, clock } = setUp({ flushTimeoutMs: 900 })
    lifecycle.onShutdown('blocks', () => clock.block(8800))
    lifecycle.onShutdown('flush', hang, { phase: 'flush' })
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(report.durationMs).toBeLessThanOrEqual(lifecycle.options.deadlineMs)
    expect(report.phases.at(-1)).toMatchObject({ phase: 'flush', budgetMs: 200 })
  })
})
