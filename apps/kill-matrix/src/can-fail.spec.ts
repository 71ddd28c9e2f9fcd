import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { COLUMNS } from './columns.ts'
import { findFaults } from './find-faults.ts'
import type { Row } from './rows.ts'
import { runCell } from './run-cell.ts'

/** Right for a service that is stopped well: each test takes one thing away. */
const RIGHT: Row = { name: 'SIGTERM', says: /clean, exit 0/ }
const HTTP = COLUMNS[0]!
/** One of each protocol, and the demo: frameworks add nothing to what is shown here. */
const KINDS = COLUMNS.filter(({ name }) => ['http', 'https', 'http2', 'fastify', 'websocket', 'grpc'].includes(name))

function run(row: Row, column = HTTP, beforeRestart?: (dataDir: string) => Promise<unknown>) {
  const options = { templateDataDir: inject('templateDataDir'), ...(beforeRestart && { beforeRestart }) }
  return runCell(row, column, options)
}

describe('the matrix can fail', () => {
  it.concurrent.each(KINDS)(
    '$name: reports refused connections when the lame duck is shorter than the propagation',
    async (column) => {
      const row: Row = {
        ...RIGHT,
        env: { LAME_DUCK_MS: '0', LAME_DUCK_QUIET_MS: '0' },
        scenario: { propagationMs: 2000 },
      }
      const result = await run(row, column)
      const refused = result.kill.load.lost.filter(({ outcome }) => outcome === 'refused')
      expect(refused.length).toBeGreaterThan(0)
      expect(findFaults(row, result)[0]).toMatch(/requests were lost/)
    },
  )

  it.concurrent.each(KINDS)('$name: reports cut requests when the drain is switched off', async (column) => {
    const row: Row = { ...RIGHT, trouble: 'noDrain' }
    const result = await run(row, column)
    const cut = result.kill.load.lost.filter(({ outcome }) => outcome === 'reset' || outcome === 'truncated')
    expect(cut.length).toBeGreaterThan(0)
    expect(findFaults(row, result).join('\n')).toMatch(/requests were lost/)
  })

  it('reports orders that are not there after the restart', async () => {
    const result = await run(RIGHT, HTTP, (dataDir) => rm(join(dataDir, 'orders.ndjson')))
    expect(result.acknowledged).toBeGreaterThan(0)
    expect(result.missing).toHaveLength(result.acknowledged)
    expect(findFaults(RIGHT, result)[0]).toMatch(/acknowledged orders are gone/)
  })

  it('reports the wrong exit, and a report that does not say what it should', async () => {
    const faults = findFaults({ ...RIGHT, exits: [{ code: 3, signal: null }], says: /cut/ }, await run(RIGHT))
    expect(faults[0]).toBe('it ended with 0, not with 3')
    expect(faults).toContain('it does not say /cut/')
  })
})
