import { describe, expect, it, vi } from 'vitest'
import { hang, setUp } from '../test/set-up.ts'
import type { ProbeKind } from './index.ts'

const statuses = ({ lifecycle }: ReturnType<typeof setUp>) =>
  Object.fromEntries(
    (['startup', 'liveness', 'readiness'] as ProbeKind[]).map((kind) => [kind, lifecycle.probe(kind).status]),
  )

describe('createLifecycle', () => {
  it('starts in the state starting, where only liveness passes', () => {
    const service = setUp()
    expect(service.lifecycle.state).toEqual({ name: 'starting' })
    expect(statuses(service)).toEqual({ startup: 'fail', liveness: 'pass', readiness: 'fail' })
  })

  it('runs after start, where every probe passes', async () => {
    const service = setUp()
    await service.lifecycle.start()
    expect(service.lifecycle.state).toEqual({ name: 'running' })
    expect(statuses(service)).toEqual({ startup: 'pass', liveness: 'pass', readiness: 'pass' })
  })

  it('drains after a signal, where readiness fails and liveness passes', async () => {
    const service = setUp({ lameDuck: { minMs: 1000 } })
    await service.lifecycle.start()
    service.process.kill('SIGTERM')
    expect(service.lifecycle.state).toMatchObject({
      name: 'draining',
      phase: 'lameDuck',
      reason: { kind: 'signal', text: 'SIGTERM' },
      deadline: 1_000_000 + 9000,
    })
    expect(statuses(service)).toEqual({ startup: 'pass', liveness: 'pass', readiness: 'fail' })
  })

  it('keeps readiness green while draining where the policy says serve', async () => {
    const service = setUp({ readinessWhileDraining: 'serve' })
    await service.lifecycle.start()
    service.process.kill('SIGTERM')
    expect(statuses(service).readiness).toBe('pass')
  })

  it('passes through every phase to stopped, and tells of each', async () => {
    const service = setUp()
    await service.lifecycle.start()
    await service.clock.runUntil(service.lifecycle.shutdown())
    expect(service.lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
    const states = service.events.flatMap((event) => (event.type === 'state:change' ? [event.to] : []))
    expect(states.map((state) => ('phase' in state ? state.phase : state.name))).toEqual([
      'running',
      'lameDuck',
      'drain',
      'close',
      'flush',
      'stopped',
    ])
  })

  it('tells every listener of what an event causes only after the event itself', async () => {
    const service = setUp()
    await service.lifecycle.start()
    const seen = service.types().filter((type) => type === 'probe:change' || type === 'state:change')
    expect(seen).toEqual(['state:change', 'probe:change', 'probe:change', 'probe:change'])
  })
})

describe('start', () => {
  it('starts components after what they depend on, in parallel where it can', async () => {
    const { lifecycle, clock, sleep, events } = setUp()
    const start = () => sleep(100)
    lifecycle
      .use({ name: 'web', dependsOn: ['db', 'cache'], start })
      .use({ name: 'db', start })
      .use({ name: 'cache', start })
    await clock.runUntil(lifecycle.start())
    expect(clock.now()).toBe(1_000_200)
    const steps = events.flatMap((event) =>
      'component' in event ? [`${event.component} ${event.type.split(':')[2]}`] : [],
    )
    expect(steps).toEqual(['db begin', 'cache begin', 'db end', 'cache end', 'web begin', 'web end'])
  })

  it('gives every caller the same promise', () => {
    const { lifecycle } = setUp()
    expect(lifecycle.start()).toBe(lifecycle.start())
  })

  it('stops, in reverse, only what had started when one component fails, and exits with 1', async () => {
    const { lifecycle, clock, process } = setUp()
    const stopped: string[] = []
    const stop = (name: string) => () => void stopped.push(name)
    lifecycle
      .use({ name: 'db', stop: stop('db') })
      .use({ name: 'queue', dependsOn: ['db'], stop: stop('queue') })
      .use({ name: 'web', dependsOn: ['queue'], start: () => Promise.reject(new Error('no port')), stop: stop('web') })
      .use({ name: 'cron', dependsOn: ['web'], stop: stop('cron') })
    await expect(clock.runUntil(lifecycle.start())).rejects.toMatchObject({
      code: 'LASTCALL_START_FAILED',
      message: "'orders' could not start: no port",
    })
    await clock.advance(0)
    expect(stopped).toEqual(['queue', 'db'])
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'failed' })
    expect(process.exits).toEqual([1])
  })

  it('aborts the start of the others when one fails', async () => {
    const { lifecycle, clock } = setUp()
    let aborted = false
    lifecycle
      .use({
        name: 'slow',
        start: ({ signal }) =>
          new Promise((resolve) =>
            signal.addEventListener('abort', () => {
              aborted = true
              resolve()
            }),
          ),
      })
      .use({ name: 'broken', start: () => Promise.reject(new Error('broken')) })
    await expect(clock.runUntil(lifecycle.start())).rejects.toThrow('broken')
    expect(aborted).toBe(true)
  })

  it('does not serve a lame duck for a service that never ran', async () => {
    const { lifecycle, clock } = setUp({ lameDuck: { minMs: 3000 } })
    lifecycle.use({ name: 'broken', start: () => Promise.reject(new Error('broken')) })
    await clock.runUntil(lifecycle.start()).catch(() => undefined)
    expect(clock.now()).toBe(1_000_000)
  })

  it('is given up by a signal: what is starting is waited for and stopped, and the exit is clean', async () => {
    const { lifecycle, clock, process, sleep } = setUp()
    const stopped: string[] = []
    lifecycle
      .use({ name: 'db', start: () => sleep(500), stop: () => void stopped.push('db') })
      .use({ name: 'web', dependsOn: ['db'], stop: () => void stopped.push('web') })
    const start = lifecycle.start()
    clock.setTimeout(() => process.kill('SIGTERM'), 100)
    await expect(clock.runUntil(start)).rejects.toMatchObject({ code: 'LASTCALL_START_ABORTED' })
    await clock.advance(0)
    expect(stopped).toEqual(['db'])
    expect(process.exits).toEqual([0])
  })

  it('names a component whose start hangs when the shutdown cannot wait for it any longer', async () => {
    const { lifecycle, clock, process } = setUp()
    lifecycle.use({ name: 'db', start: hang })
    const start = lifecycle.start()
    await clock.settle()
    process.kill('SIGTERM')
    await expect(clock.runUntil(start)).rejects.toMatchObject({ code: 'LASTCALL_START_ABORTED' })
    const { hooks } = await lifecycle.shutdown()
    expect(hooks).toMatchObject([{ name: 'start of db', outcome: 'abandoned' }])
  })

  it('is refused after a signal', async () => {
    const { lifecycle, clock, process } = setUp()
    process.kill('SIGINT')
    await expect(clock.runUntil(lifecycle.start())).rejects.toMatchObject({
      code: 'LASTCALL_START_ABORTED',
      message: "The start of 'orders' was given up: SIGINT.",
    })
  })

  it('refuses a graph that cannot work before anything starts', async () => {
    const { lifecycle, clock, types } = setUp()
    lifecycle.use({ name: 'web', dependsOn: ['db'] })
    await expect(clock.runUntil(lifecycle.start())).rejects.toMatchObject({ code: 'LASTCALL_UNKNOWN_DEPENDENCY' })
    expect(types()).not.toContain('component:start:begin')
  })

  it('refuses a second component of the same name, and one that comes too late', async () => {
    const { lifecycle } = setUp()
    lifecycle.use({ name: 'db' })
    expect(() => lifecycle.use({ name: 'db' })).toThrow(expect.objectContaining({ code: 'LASTCALL_DUPLICATE_NAME' }))
    await lifecycle.start()
    expect(() => lifecycle.use({ name: 'late' })).toThrow(expect.objectContaining({ code: 'LASTCALL_ALREADY_STARTED' }))
  })

  it('refuses a check of a name that a component has, and the name that probes show the lifecycle under', () => {
    const { lifecycle } = setUp()
    lifecycle.use({ name: 'db' })
    for (const name of ['db', 'lifecycle', '']) {
      expect(() => lifecycle.check({ name, run: () => undefined })).toThrow(
        expect.objectContaining({ code: 'LASTCALL_DUPLICATE_NAME' }),
      )
    }
  })

  it('accepts a component again once what was wrong with it has been put right', () => {
    const { lifecycle } = setUp()
    const check = { run: () => undefined, intervalMs: 0 }
    expect(() => lifecycle.use({ name: 'db', check })).toThrow('Option intervalMs')
    expect(() => lifecycle.use({ name: 'db', check: { ...check, intervalMs: 10 } })).not.toThrow()
  })

  it("runs a component's check from the moment it has started, under its name", async () => {
    const { lifecycle, clock } = setUp()
    let broken = false
    lifecycle.use({
      name: 'db',
      check: {
        run: () => {
          if (broken) throw new Error('gone')
        },
        intervalMs: 100,
        jitter: 0,
      },
    })
    await lifecycle.start()
    await clock.settle()
    expect(lifecycle.probe('readiness').status).toBe('pass')
    broken = true
    await clock.advance(100)
    expect(lifecycle.probe('readiness')).toMatchObject({
      status: 'fail',
      checks: [{ name: 'lifecycle' }, { name: 'db', status: 'fail', output: 'gone' }],
    })
  })
})

describe('shutdown', () => {
  it('gives every caller the same promise, and the first reason wins', async () => {
    const { lifecycle, clock, process } = setUp()
    await lifecycle.start()
    const first = lifecycle.shutdown('deploy')
    process.kill('SIGTERM')
    expect(lifecycle.shutdown('again')).toBe(first)
    expect((await clock.runUntil(first)).reason).toEqual({ kind: 'manual', text: 'deploy' })
  })

  it('aborts draining at once, with a coded reason, and not aborting', async () => {
    const { lifecycle, clock } = setUp()
    await lifecycle.start()
    const done = lifecycle.shutdown()
    expect(lifecycle.draining.reason).toMatchObject({ code: 'LASTCALL_SHUTTING_DOWN' })
    await clock.runUntil(done)
    expect(lifecycle.aborting.aborted).toBe(false)
  })

  it('exits with 0 when whoever awaits the report has spoken, and no later', async () => {
    const { lifecycle, clock, process } = setUp()
    await lifecycle.start()
    const exitsWhenSpeaking = lifecycle.shutdown().then(async (report) => {
      await Promise.resolve(report)
      return [...process.exits]
    })
    expect(await clock.runUntil(exitsWhenSpeaking)).toEqual([])
    await clock.runUntil(Promise.resolve())
    expect(process.exits).toEqual([0])
  })

  it.each([1, 4])(
    'still listens when it exits after %i signals, so that one more cannot end it otherwise',
    async (count) => {
      const { lifecycle, clock, process } = setUp()
      const listened: (readonly string[])[] = []
      vi.spyOn(process, 'exit').mockImplementation(() => void listened.push(process.listenedSignals))
      await lifecycle.start()
      for (let sent = 0; sent < count; sent++) process.kill('SIGTERM')
      await clock.runUntil(lifecycle.shutdown())
      await clock.advance(0)
      expect(listened).toEqual([['SIGTERM', 'SIGINT', 'SIGHUP']])
      expect(process.listenerCount).toBe(0)
    },
  )

  it('exits with the codes it was given', async () => {
    const { lifecycle, clock, process } = setUp({ exit: { success: 3, failure: 4 } })
    lifecycle.onShutdown('broken', () => Promise.reject(new Error('broken')))
    await clock.runUntil(lifecycle.shutdown())
    await clock.advance(0)
    expect(process.exits).toEqual([4])
  })

  it('owns neither signals nor the exit when told so, and leaves no timer', async () => {
    const { lifecycle, clock, process } = setUp({ signals: false, exit: false })
    expect(process.listenerCount).toBe(0)
    await lifecycle.start()
    await clock.runUntil(lifecycle.shutdown())
    expect([process.exits, process.exitMembers.size, clock.pending]).toEqual([[], 0, 0])
  })

  it('skips the lame duck for Ctrl-C in a terminal, and for no other signal', async () => {
    const durations = []
    for (const [signal, interactive] of [
      ['SIGINT', true],
      ['SIGTERM', true],
      ['SIGINT', false],
    ] as const) {
      const { lifecycle, clock, process } = setUp({ lameDuck: { minMs: 2000, quietMs: 0 } }, { interactive })
      await lifecycle.start()
      process.kill(signal)
      durations.push((await clock.runUntil(lifecycle.shutdown())).durationMs)
    }
    expect(durations).toEqual([0, 2000, 2000])
  })

  it('leaves its report where Kubernetes shows it', async () => {
    const { lifecycle, clock, process } = setUp({}, { files: ['/dev/termination-log'] })
    await clock.runUntil(lifecycle.shutdown('deploy'))
    expect(process.terminationLogs).toEqual([
      { path: '/dev/termination-log', text: expect.stringContaining('on deploy') },
    ])
  })

  it('ends for an error that nothing caught, with exit code 1, and reports it', async () => {
    const { lifecycle, clock, process } = setUp()
    await lifecycle.start()
    const error = new Error('bug')
    process.throwUncaught(error, 'unhandledRejection')
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(report).toMatchObject({
      outcome: 'failed',
      exitCode: 1,
      errors: ['bug'],
      reason: { kind: 'unhandledRejection', text: 'bug' },
    })
    expect(process.reportedErrors).toEqual([error])
  })

  it('notes an uncaught error that comes while it shuts down, without starting anew', async () => {
    const { lifecycle, clock, process } = setUp({ lameDuck: { minMs: 100 } })
    await lifecycle.start()
    const done = lifecycle.shutdown('deploy')
    process.throwUncaught(new Error('late'))
    expect(await clock.runUntil(done)).toMatchObject({
      outcome: 'failed',
      errors: ['late'],
      reason: { text: 'deploy' },
    })
  })

  it('does not report the rejection of a start that a signal ended', () => {
    const { process, lifecycle } = setUp()
    process.throwUncaught(
      Object.assign(new Error('given up'), { code: 'LASTCALL_START_ABORTED', [Symbol.for('lastcall.error')]: true }),
    )
    expect(process.reportedErrors).toEqual([])
    expect(lifecycle.state.name).toBe('starting')
  })

  it('runs no check once the components are being closed, so that none tells of a closed pool', async () => {
    const { lifecycle, clock, sleep } = setUp()
    let runs = 0
    lifecycle.use({ name: 'db', stop: () => sleep(1000), check: { run: () => void runs++, intervalMs: 10, jitter: 0 } })
    await lifecycle.start()
    const done = lifecycle.shutdown()
    await clock.settle()
    const before = runs
    await clock.runUntil(done)
    expect(runs).toBe(before)
  })

  it('waits for the other lifecycles of the process before it ends it, with the worst of their codes', async () => {
    const a = setUp()
    const b = setUp({ process: a.process, clock: a.clock, name: 'billing' })
    b.lifecycle.onShutdown('slow', () => a.sleep(1000).then(() => Promise.reject(new Error('late'))))
    await Promise.all([a.lifecycle.start(), b.lifecycle.start()])
    a.process.kill('SIGTERM')
    await a.clock.advance(500)
    expect([a.lifecycle.state.name, b.lifecycle.state.name, a.process.exits]).toEqual(['stopped', 'draining', []])
    await a.clock.advance(600)
    expect(a.process.exits).toEqual([1])
  })
})

describe('dispose', () => {
  it('removes every listener and timer, and leaves the exit to the others', async () => {
    const { lifecycle, clock, process } = setUp()
    lifecycle.check({ name: 'ping', run: () => undefined })
    await lifecycle.start()
    await clock.settle()
    lifecycle.dispose()
    expect([process.listenerCount, process.exitMembers.size, clock.pending, process.exits]).toEqual([0, 0, 0, []])
  })

  it('tells of itself once, before it goes silent', async () => {
    const { lifecycle, types } = setUp()
    lifecycle.dispose()
    lifecycle.warn('LASTCALL_KEEP_ALIVE_RACE', 'nobody hears')
    expect(types()).toEqual(['lifecycle:dispose'])
  })
})
