import { describe, expect, it, onTestFinished } from 'vitest'
import { type BlockedServiceOptions, startBlockedService } from '../../test/start-blocked-service.ts'

/** Longer than any test lasts. */
const NEVER_MS = 600_000

async function setUp(options: BlockedServiceOptions = {}) {
  const service = await startBlockedService(options)
  onTestFinished(service.end)
  return service
}

const names = (place: string) => new RegExp(`blocked for \\d+ ms in .*${place} \\(\\S*blocked-service\\.ts:\\d+\\)`)
const longAgo = ({ text }: { text: string }) => Number(/blocked for (\d+) ms/.exec(text)?.[1] ?? 0) >= 600

describe('the probe thread', () => {
  it('says while the main thread is blocked for how long and in which function, and lets it go on', async () => {
    const service = await setUp({ probes: { blocked: { reportMs: 200, readinessMs: NEVER_MS, livenessMs: NEVER_MS } } })
    await service.askUntil('/livez?verbose', ({ text }) => text.includes('[+]event-loop ok'))
    service.block()
    const text = await service.askUntil('/livez?verbose', ({ text }) => names('parseOrders').test(text))
    expect(text).toMatch(/^\[!\]event-loop warning: blocked for/m)
    expect(await service.ask('/readyz')).toMatchObject({ status: 200 })
    await service.unblock()
    await service.askUntil('/livez?verbose', ({ text }) => text.includes('[+]event-loop ok'))
  })

  it('warns of the block once it is over', async () => {
    const service = await setUp({ probes: { blocked: { reportMs: 200 } } })
    service.block()
    await service.askUntil('/livez?verbose', ({ text }) => names('parseOrders').test(text))
    await service.unblock()
    const warning = await service.warned(names('parseOrders'))
    expect(warning).toMatch(/^LASTCALL_EVENT_LOOP_BLOCKED The event loop was blocked for /)
  })

  it('names the function that was in native code as soon as it returns', async () => {
    const service = await setUp({ probes: { blocked: { reportMs: 200 } } })
    service.block('block-natively')
    await service.askUntil('/livez?verbose', longAgo)
    await service.unblock()
    await service.warned(names('convertImages'))
  })

  it('does not pause the main thread under a debugger', async () => {
    const service = await setUp({
      probes: { blocked: { reportMs: 200, readinessMs: NEVER_MS, livenessMs: NEVER_MS } },
      execArgv: ['--inspect=127.0.0.1:0', '--inspect-publish-uid=http'],
    })
    service.block()
    const text = await service.askUntil('/livez?verbose', longAgo)
    expect(text).toMatch(/blocked for \d+ ms$/m)
    await service.unblock()
  })

  it('turns readiness red past its own threshold, and green again', async () => {
    const service = await setUp({ probes: { blocked: { reportMs: 200, readinessMs: 400, livenessMs: NEVER_MS } } })
    service.block()
    await service.askUntil('/readyz', ({ status }) => status === 503)
    expect(await service.ask('/livez')).toMatchObject({ status: 200 })
    expect(await service.ask('/startupz')).toMatchObject({ status: 200 })
    await service.unblock()
    await service.askUntil('/readyz', ({ status }) => status === 200)
  })

  it('turns liveness red past its own threshold', async () => {
    const service = await setUp({ probes: { blocked: { reportMs: 200, readinessMs: NEVER_MS, livenessMs: 400 } } })
    service.block()
    await service.askUntil('/livez', ({ status }) => status === 503)
    expect(await service.ask('/readyz')).toMatchObject({ status: 200 })
    await service.unblock()
    await service.askUntil('/livez', ({ status }) => status === 200)
  })

  it('does not let results grow old while their checks cannot run', async () => {
    const service = await setUp({ withCheck: true, probes: { blocked: { reportMs: 200, livenessMs: NEVER_MS } } })
    await service.askUntil('/livez?verbose', ({ text }) => text.includes('[+]loop ok'))
    service.block()
    // The check's result is too old after 500 ms.
    const text = await service.askUntil('/livez?verbose', longAgo)
    expect(text).toContain('[+]loop ok')
    expect(await service.ask('/livez')).toMatchObject({ status: 200 })
    await service.unblock()
  })

  it('withholds the reason where details are not shown', async () => {
    const service = await setUp({ probes: { details: 'never', blocked: { reportMs: 200 } } })
    service.block()
    const text = await service.askUntil('/livez?verbose', ({ text }) => text.includes('[!]event-loop'))
    expect(text).toContain('[!]event-loop warning: reason withheld')
    await service.unblock()
  })

  it('keeps no process alive that has nothing else to do', async () => {
    const service = await setUp()
    service.send({ type: 'leave' })
    expect(await service.exited).toBe(0)
  })

  it('ends with the lifecycle, and the process by itself', async () => {
    const service = await setUp()
    service.send({ type: 'shut-down' })
    await service.askUntil('/readyz', ({ status }) => status === 503)
    expect(await service.ask('/livez')).toMatchObject({ status: 200 })
    service.send({ type: 'finish-shutdown' })
    await service.told('stopped')
    service.send({ type: 'leave' })
    expect(await service.exited).toBe(0)
  })
})
