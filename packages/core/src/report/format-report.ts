import type { Work } from '../shutdown/work.ts'
import type { ShutdownReport } from './report.ts'

/** Cells of the longest bar in the line. */
const BAR_CELLS = 12

/** The least that shows in hundredths of a second, in milliseconds. */
const SEEN_MS = 5

/** One line for people: a waterfall of the phases, how it ended, and what was cut or abandoned. */
export function formatReport(report: ShutdownReport): string {
  // `announce` runs beside the lame duck: in a line of what came after what it is shown only where it held things up.
  const lameDuckMs = report.phases.find(({ phase }) => phase === 'lameDuck')?.durationMs ?? 0
  const phases = report.phases.filter(
    ({ phase, durationMs }) => phase !== 'announce' || durationMs - lameDuckMs > SEEN_MS,
  )
  const longestMs = Math.max(1, ...phases.map(({ durationMs }) => durationMs))
  const bars = phases.map(({ phase, durationMs, timedOut }) => {
    const bar = '█'.repeat(Math.round((durationMs / longestMs) * BAR_CELLS)) || '▏'
    return `${phase} ${seconds(durationMs)} ${bar}${timedOut ? ' (timed out)' : ''}`
  })
  const parts = [
    `${report.name} stopped in ${seconds(report.durationMs)} of ${seconds(report.deadlineMs)} on ${report.reason.text}`,
    ...bars,
    `${report.outcome}, exit ${report.exitCode}`,
    ...list('cut', report.cut.map(work)),
    ...list('abandoned', named(report, 'abandoned')),
    ...list('failed', named(report, 'failed')),
  ]
  // What users throw may have lines of its own.
  return parts.join(' │ ').replace(/\s*[\r\n]\s*/g, ' ')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function work({ name, ageMs }: Work): string {
  return `${name} (${seconds(ageMs)})`
}

function named(report: ShutdownReport, outcome: 'abandoned' | 'failed'): string[] {
  return report.hooks
    .filter((hook) => hook.outcome === outcome)
    .map(({ name, error }) => (error ? `${name}: ${error}` : name))
}

/** At most three names: it is one line. */
function list(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return [`${title}: ${names.slice(0, 3).join(', ')}${more}`]
}
