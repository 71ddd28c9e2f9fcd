import type { ProcessPort } from '../ports/process.ts'
import { formatReport } from './format-report.ts'
import type { ShutdownReport } from './report.ts'

/** Kubernetes' default `terminationMessagePath`; `kubectl describe pod` shows what stands there. */
const PATH = '/dev/termination-log'

/** The kubelet reads no more than 4096 bytes of it (kubernetes.io, "Customizing the termination message"). */
const MAX_BYTES = 4096

/** Leaves the report where the platform shows it; does nothing where there is no such file. */
export function writeTerminationLog(report: ShutdownReport, process: ProcessPort): void {
  const lines = [
    formatReport(report),
    ...report.hooks
      .filter(({ outcome }) => outcome !== 'ok')
      .map(
        ({ name, phase, outcome, error }) =>
          `${outcome} in ${phase}: ${name}${error === undefined ? '' : `: ${error}`}`,
      ),
    ...report.cut.map(({ kind, name, ageMs }) => `cut ${kind}: ${name}, ${Math.round(ageMs)} ms old`),
    ...report.errors.map((error) => `error: ${error}`),
  ]
  process.writeTerminationLog(PATH, firstBytes(lines.join('\n'), MAX_BYTES))
}

/** The start of `text` that takes at most `limit` bytes of UTF-8, no character cut in half. */
function firstBytes(text: string, limit: number): string {
  const buffer = new Uint8Array(limit)
  const { read } = new TextEncoder().encodeInto(text, buffer)
  return text.slice(0, read)
}
