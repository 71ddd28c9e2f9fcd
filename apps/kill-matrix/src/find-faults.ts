import { formatLoadReport, type ProcessExit, type RequestRecord } from '@lastcall/testing'
import type { Row } from './rows.ts'
import type { CellResult } from './run-cell.ts'

const CLEAN: readonly ProcessExit[] = [{ code: 0, signal: null }]

/** What is not as the row wants it, in words; empty when the cell is right. */
export function findFaults(row: Row, { kill, missing }: CellResult): string[] {
  const { exit, timedOut, portFree, leftoverProcesses, load, stdout, stderr } = kill
  const { exits = CLEAN, mayLose = 'nothing', says } = row
  const faults: string[] = []
  const isInFlight = (record: RequestRecord) => mayLose === 'inFlight' && record.startedMs < kill.durationMs
  const lost = load.lost.filter((record) => !isInFlight(record))
  const nothingProven = provesNothing(row, { kill })

  if (!exits.some(({ code, signal }) => exit.code === code && exit.signal === signal)) {
    faults.push(`it ended with ${formatExit(exit)}, not with ${exits.map(formatExit).join(' or ')}`)
  }
  if (timedOut) faults.push('it did not end by itself')
  if (!portFree) faults.push('its port is still bound')
  if (leftoverProcesses.length > 0) faults.push(`it left processes behind: ${leftoverProcesses.join(', ')}`)
  if (lost.length > 0) faults.push(`${lost.length} requests were lost:\n${formatLoadReport(load)}`)
  if (missing.length > 0) faults.push(`${missing.length} acknowledged orders are gone: ${missing.join(', ')}`)
  if (says && !says.test(stdout)) faults.push(`it does not say ${says}`)
  if (nothingProven) faults.push(nothingProven)
  return faults.length === 0 ? [] : [...faults, `stdout:\n${stdout}`, `stderr:\n${stderr}`]
}

/** Why a run says nothing of the service: the machine was too busy to send what there was to send. */
export function provesNothing(row: Row, { kill: { load } }: Pick<CellResult, 'kill'>): string | undefined {
  const { mayLose = 'nothing', sends = 'everything', scenario } = row
  if (sends === 'nothing') return undefined
  if (load.total === 0) return 'no request was sent: this proves nothing'
  const isSentAfterSignal = mayLose === 'nothing' && scenario?.propagationMs !== 0
  if (!isSentAfterSignal || load.records.some(({ startedMs }) => startedMs > 0)) return undefined
  return 'no request was sent after the signal: this proves nothing'
}

function formatExit({ code, signal }: ProcessExit): string {
  return signal ?? `${code}`
}
