import type { LoadReport } from './load-report.ts'
import { OUTCOMES, type RequestRecord } from './request-record.ts'

/** How many lost requests are written out. */
const SHOWN_LOST = 10

/** A load's report for people: a row for each traffic, then the first of the lost requests. */
export function formatLoadReport(report: LoadReport): string {
  const rows = Object.entries(report.counts)
  const seen = OUTCOMES.filter((outcome) => outcome === 'ok' || rows.some(([, counts]) => counts[outcome] > 0))
  const table = [
    ['traffic', 'total', 'after signal', ...seen, 'lost'],
    ...rows.map(([name, counts]) =>
      [name, counts.total, counts.afterSignal, ...seen.map((outcome) => counts[outcome]), counts.lost].map(String),
    ),
  ]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
  const retryable = report.lost.filter((record) => record.retryable).length
  lines.push(
    `${report.total} requests, ${report.lost.length} lost${retryable > 0 ? `, ${retryable} of them retryable` : ''}`,
  )
  lines.push(...report.lost.slice(0, SHOWN_LOST).map(formatRecord))
  if (report.lost.length > SHOWN_LOST) lines.push(`  and ${report.lost.length - SHOWN_LOST} more`)
  return lines.join('\n')
}

function formatRecord({
  name,
  request,
  connection,
  startedMs,
  endedMs,
  outcome,
  status,
  error,
}: RequestRecord): string {
  const detail = [status, error].filter((part) => part !== undefined).join(', ')
  const at = `${startedMs < 0 ? '' : '+'}${Math.round(startedMs)} ms`
  return `  ${at}  ${name}  ${request}: ${outcome} on a ${connection} connection after ${Math.round(endedMs - startedMs)} ms${detail && ` (${detail})`}`
}
