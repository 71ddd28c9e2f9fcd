import { OUTCOMES, type Outcome, type RequestRecord } from './request-record.ts'

/** How many requests of one traffic ended how. */
export type OutcomeCounts = Readonly<Record<Outcome, number>> & {
  readonly total: number
  readonly lost: number
  /** How many were sent after the signal: a test without any proves nothing. */
  readonly afterSignal: number
}

/** What the clients of a load saw. */
export interface LoadReport {
  readonly total: number
  /** By the traffic's name. */
  readonly counts: Readonly<Record<string, OutcomeCounts>>
  /** What was not answered to the end. */
  readonly lost: readonly RequestRecord[]
  /** Every request, in the order they ended. */
  readonly records: readonly RequestRecord[]
}

/** Makes the report of what a load recorded on its own clock, on which it began and the signal was sent. */
export function createLoadReport(
  recorded: readonly RequestRecord[],
  startedAt: number,
  signalledAt?: number,
): LoadReport {
  const origin = signalledAt ?? startedAt
  const records = recorded.map((record) => ({
    ...record,
    startedMs: record.startedMs - origin,
    endedMs: record.endedMs - origin,
  }))
  const counts: Record<string, Row> = {}
  for (const { name, outcome, lost, startedMs } of records) {
    const row = (counts[name] ??= createRow())
    row.total++
    row[outcome]++
    if (lost) row.lost++
    if (signalledAt !== undefined && startedMs >= 0) row.afterSignal++
  }
  return { total: records.length, counts, lost: records.filter(({ lost }) => lost), records }
}

type Row = { -readonly [Key in keyof OutcomeCounts]: OutcomeCounts[Key] }

function createRow(): Row {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  return { ...outcomes, total: 0, lost: 0, afterSignal: 0 }
}
