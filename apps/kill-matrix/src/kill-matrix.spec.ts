import { describe, inject, it } from 'vitest'
import { COLUMNS } from './columns.ts'
import { findFaults, provesNothing } from './find-faults.ts'
import { ROWS } from './rows.ts'
import { type CellResult, runCell } from './run-cell.ts'

/** How often a run that says nothing of the service is done again, before the cell has failed. */
const MOST_AGAIN = 2

describe.concurrent('the kill-signal matrix', () => {
  for (const row of ROWS) {
    for (const column of COLUMNS) {
      const cell = { row: row.name, column: column.name, skipped: row.skipped }
      const options = { meta: { cell }, skip: row.skipped !== undefined }
      it(`${column.name}, ${row.name}: loses nothing that it should have kept`, options, async ({ task, expect }) => {
        const run = () => runCell(row, column, { templateDataDir: inject('templateDataDir') })
        let result = await run()
        for (let again = 0; again < MOST_AGAIN && provesNothing(row, result); again++) result = await run()
        task.meta.cell = { ...cell, counts: count(result) }
        expect(findFaults(row, result)).toEqual([])
      })
    }
  }
})

function count({ kill, acknowledged, missing }: CellResult) {
  return {
    sent: kill.load.total,
    afterSignal: kill.load.records.filter(({ startedMs }) => startedMs > 0).length,
    lost: kill.load.lost.length,
    orders: acknowledged,
    missing: missing.length,
  }
}
