import { formatLoadReport, type LoadReport, runKillScenario, spawnService } from '@lastcall/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataDir, type TestFolder } from './data-dir.ts'
import { findMissing, untilAllProcessed } from './kept-orders.ts'
import { everyTraffic, ordersProcess } from './orders-process.ts'

const ROUNDS = 10
/** The lame duck is longer than the routing that goes on after the signal, as it is when it was chosen rightly. */
const LAME_DUCK = { LAME_DUCK_MS: '400', LAME_DUCK_QUIET_MS: '50' }
const PROPAGATION_MS = 250

/** Stops the orders service by `signal` under load, again and again; each start is the restart after the stop before. */
export function describeRounds(signal: 'SIGTERM' | 'SIGINT'): void {
  describe(`the orders service, stopped by ${signal} under load`, () => {
    const acknowledged = new Set<string>()
    const sentAfterSignal = new Map<string, number>()
    let folder: TestFolder
    let env: Record<string, string>

    beforeAll(async () => {
      folder = await createDataDir()
      env = { DATA_DIR: folder.path, ...LAME_DUCK }
    })
    afterAll(() => folder[Symbol.asyncDispose]())

    function count(load: LoadReport): void {
      for (const [name, { afterSignal }] of Object.entries(load.counts)) {
        sentAfterSignal.set(name, (sentAfterSignal.get(name) ?? 0) + afterSignal)
      }
    }

    it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))('lets nobody down (round %i)', async () => {
      const result = await runKillScenario({
        service: ordersProcess(env),
        load: { traffic: everyTraffic(acknowledged) },
        signal,
        async signalAfter({ service, load }) {
          expect(await findMissing(acknowledged, service.url)).toEqual([])
          await load.untilServed(40)
        },
        propagationMs: PROPAGATION_MS,
      })
      count(result.load)
      expect.soft(result.load.lost, formatLoadReport(result.load)).toEqual([])
      expect.soft(result).toMatchObject({
        exit: { code: 0, signal: null },
        timedOut: false,
        portFree: true,
        leftoverProcesses: [],
        stdout: expect.stringMatching(new RegExp(`orders stopped in .+ on ${signal} .+ clean, exit 0\n$`)),
        stderr: expect.not.stringMatching(/Uncaught|"level":[56]0/),
      })
    })

    it('was sent requests of every kind after the signal, or these rounds would prove nothing', () => {
      for (const name of ['order', 'order, new connection', 'order, waits', 'list, new connection', 'export']) {
        expect.soft(sentAfterSignal.get(name), name).toBeGreaterThan(0)
      }
    })

    it('has every order that it acknowledged, and processes those that were left', async () => {
      await using service = await spawnService(ordersProcess({ ...env, PROCESSING_MS: '0' }))
      expect(acknowledged.size).toBeGreaterThan(ROUNDS)
      expect(await findMissing(acknowledged, service.url)).toEqual([])
      await untilAllProcessed(service.url)
    })
  })
}
