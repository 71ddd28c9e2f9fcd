import { formatLoadReport, runKillScenario, spawnService } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { findMissing, untilAllProcessed } from '../support/kept-orders.ts'
import { everyTraffic, ordersProcess } from '../support/orders-process.ts'
import { createPgSchema } from '../support/pg-schema.ts'

const { DATABASE_URL } = process.env

describe.skipIf(DATABASE_URL === undefined)('the orders service on a real PostgreSQL (set DATABASE_URL to run)', () => {
  it('lets nobody down when it is stopped under load', async () => {
    const schema = await createPgSchema(DATABASE_URL!)
    const env = { DATABASE_URL: schema.url, LAME_DUCK_MS: '400', LAME_DUCK_QUIET_MS: '50' }
    const acknowledged = new Set<string>()
    try {
      const result = await runKillScenario({
        service: ordersProcess(env),
        load: { traffic: everyTraffic(acknowledged) },
        propagationMs: 250,
      })
      expect.soft(result.load.lost, formatLoadReport(result.load)).toEqual([])
      expect.soft(result).toMatchObject({ exit: { code: 0, signal: null }, portFree: true, leftoverProcesses: [] })
      await using restarted = await spawnService(ordersProcess(env))
      expect(await findMissing(acknowledged, restarted.url)).toEqual([])
      await untilAllProcessed(restarted.url)
    } finally {
      await schema.drop()
    }
  })
})
