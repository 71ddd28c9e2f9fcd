import type { ShutdownReport } from './report.ts'

/** One line for people: what took how long, and what was cut. */
export function formatReport(report: ShutdownReport): string {
  return report.name
}
