import { formatLoadReport, type KillResult, runKillScenario, spawnService } from '@lastcall/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDataDir, type TestFolder } from '../support/data-dir.ts'
import { findMissing, untilAllProcessed } from '../support/kept-orders.ts'
import { everyTraffic, ordersProcess, sendOrders } from '../support/orders-process.ts'

describe('the orders service, stopped the hard way under load', () => {
  let folder: TestFolder
  let acknowledged: Set<string>

  beforeEach(async () => {
    folder = await createDataDir()
    acknowledged = new Set()
  })
  afterEach(() => folder[Symbol.asyncDispose]())

  function start(env: Readonly<Record<string, string>>, main?: string) {
    return ordersProcess({ DATA_DIR: folder.path, LAME_DUCK_QUIET_MS: '50', ...env }, main)
  }

  /** No request was cut, and nothing is left behind. */
  function expectNothingLost(result: KillResult): void {
    expect.soft(result.load.lost, formatLoadReport(result.load)).toEqual([])
    expect.soft(result).toMatchObject({ timedOut: false, portFree: true, leftoverProcesses: [] })
  }

  it('ends by the deadline with 1 and names the hook that hangs, and still loses nothing', async () => {
    const result = await runKillScenario({
      service: start({ LAME_DUCK_MS: '400', GRACE_PERIOD_MS: '6000' }, 'test/fixtures/hung-hook.ts'),
      load: { traffic: everyTraffic(acknowledged) },
      propagationMs: 250,
    })
    expectNothingLost(result)
    expect(result.exit).toEqual({ code: 1, signal: null })
    expect(result.durationMs).toBeLessThan(6000)
    expect(result.stdout).toMatch(/failed, exit 1 .*abandoned: flush-metrics/)
  })

  it('ends the lame duck at a second signal, and still finishes what is in flight', async () => {
    const result = await runKillScenario({
      service: start({ LAME_DUCK_MS: '30000', GRACE_PERIOD_MS: '60000' }),
      load: { traffic: everyTraffic(acknowledged) },
      secondSignalAfterMs: 200,
    })
    expectNothingLost(result)
    expect(result.exit).toEqual({ code: 0, signal: null })
    expect(result.durationMs).toBeLessThan(30_000)
    expect(result.stdout).toMatch(/clean, exit 0/)
  })

  it('cuts what is in flight at a second signal when the lame duck is over, and says what it was', async () => {
    const result = await runKillScenario({
      service: start({ LAME_DUCK_MS: '0', GRACE_PERIOD_MS: '60000' }, 'test/fixtures/hung-hold.ts'),
      load: { traffic: [sendOrders(acknowledged, { kind: 'keepAlive' })] },
      signalAfter: 10,
      secondSignalAfterMs: 500,
    })
    expectNothingLost(result)
    expect(result.exit).toEqual({ code: 1, signal: null })
    expect(result.durationMs).toBeLessThan(30_000)
    expect(result.stdout).toMatch(/cut, exit 1 .*cut: monthly report/)
  })

  it('keeps what it acknowledged when it is killed, and processes what it had in work after a restart', async () => {
    const killed = await runKillScenario({
      service: start({ LEASE_MS: '1000' }),
      load: { traffic: everyTraffic(acknowledged) },
      signal: 'SIGKILL',
    })
    expect(killed.exit).toEqual({ code: null, signal: 'SIGKILL' })
    await using service = await spawnService(start({ PROCESSING_MS: '0' }))
    expect(await findMissing(acknowledged, service.url)).toEqual([])
    await untilAllProcessed(service.url)
  })
})
