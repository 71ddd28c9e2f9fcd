import { findFreePort, type KillResult, runKillScenario, spawnService, startLoad } from '@lastcall/testing'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Column, columnProcess, HTTP1 } from './columns.ts'
import { PATIENCE, type Row } from './rows.ts'
import { everyTraffic } from './traffic.ts'

/** Routing stops this long after the signal: well within the lame duck. */
const PROPAGATION_MS = 250

/** A row done to a column. */
export interface CellResult {
  readonly kill: KillResult
  /** How many orders were acknowledged. */
  readonly acknowledged: number
  /** Acknowledged orders that the service does not have after a restart. */
  readonly missing: readonly string[]
}

/** What a cell starts from, and what is done to its data between the end and the restart. */
export interface CellOptions {
  /** A data folder with an empty database of the demo in it. */
  readonly templateDataDir: string
  /** @default nothing */
  readonly beforeRestart?: (dataDir: string) => Promise<unknown>
}

/** Starts a column's service, does to it what the row says, starts it again and asks for what it acknowledged. */
export async function runCell(row: Row, column: Column, options: CellOptions): Promise<CellResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kill-matrix-'))
  const acknowledged = new Set<string>()
  try {
    if (column.name === 'fastify') await cp(options.templateDataDir, dataDir, { recursive: true })
    const kill = await killUnderLoad(row, column, dataDir, acknowledged)
    await options.beforeRestart?.(dataDir)
    const kept = await exportAfterRestart(column, dataDir)
    return { kill, acknowledged: acknowledged.size, missing: [...acknowledged].filter((id) => !kept.has(id)) }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function killUnderLoad(
  row: Row,
  column: Column,
  dataDir: string,
  acknowledged: Set<string>,
): Promise<KillResult> {
  const { trouble, env, scenario, wrapper, acceptsUnavailable = false } = row
  const sendsNothing = row.sends === 'nothing'
  const troubled = { DATA_DIR: dataDir, ...(trouble && { TROUBLE: trouble }), ...env }
  const service = columnProcess(column, troubled, await findFreePort(), wrapper)
  const { connections = HTTP1, traffic = [] } = column
  const orders = everyTraffic({ connections, acknowledged, acceptsUnavailable })
  return runKillScenario({
    service: sendsNothing ? { ...service, ready: false } : service,
    load: { traffic: sendsNothing ? [] : [...orders, ...traffic] },
    signalAfter: ({ load }) => load.untilServed(60, PATIENCE),
    propagationMs: PROPAGATION_MS,
    ...scenario,
  })
}

/** Ids of all orders that the service has, read as its clients would: in its own protocol. */
async function exportAfterRestart(column: Column, dataDir: string): Promise<Set<string>> {
  const options = columnProcess(column, { DATA_DIR: dataDir }, await findFreePort())
  await using service = await spawnService(options)
  let text = ''
  const load = startLoad({
    url: service.url,
    ...(options.tls && { tls: options.tls }),
    traffic: [
      {
        kind: 'stream',
        path: '/orders/export',
        connection: (column.connections ?? HTTP1).kept,
        onAnswer: ({ body }) => (text = body),
      },
    ],
  })
  await load.untilServed(1, PATIENCE)
  await load.stop()
  const lines = text.split('\n').filter((line) => line !== '')
  return new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id))
}
