import type { Work } from '../shutdown/work.ts'
import type { ShutdownReport } from './report.ts'

/** Cells of the longest bar in the line. */
const BAR_CELLS = 12

/** One line for people: a waterfall of the phases, how it ended, and what was cut or abandoned. */
export function formatReport(report: ShutdownReport): string {
  const longestMs = Math.max(1, ...report.phases.map(({ durationMs }) => durationMs))
  // `announce` runs beside the lame duck: in a line of what came after what it is shown only where it held things up.
  const phases = report.phases.filter(({ phase, timedOut }) => phase !== 'announce' || timedOut)
  const bars = phases.map(({ phase, durationMs, timedOut }) => {
    const bar = '█'.repeat(Math.round((durationMs / longestMs) * BAR_CELLS)) || '▏'
    return `${phase} ${seconds(durationMs)} ${bar}${timedOut ? ' (timed out)' : ''}`
  })
  return [
    `${report.name} stopped in ${seconds(report.durationMs)} of ${seconds(report.deadlineMs)} on ${report.reason.text}`,
    ...bars,
    `${report.outcome}, exit ${report.exitCode}`,
    ...list('cut', report.cut.map(work)),
    ...list('abandoned', named(report, 'abandoned')),
    ...list('failed', named(report, 'failed')),
  ].join(' │ ')
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
