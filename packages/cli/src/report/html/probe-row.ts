import type { RunResult, TimelineKind, VerdictCode } from '../../drill/result.ts'
import { formatOffset } from '../format-figures.ts'
import { html } from './html.ts'
import type { TimelineRow } from './render-timeline.ts'
import type { TimeAxis } from './time-axis.ts'

const PROBES = {
  readiness: { red: 'readinessRed', green: 'readinessGreen', judgedBy: 'READY-FLAP' },
  liveness: { red: 'livenessRed', green: 'livenessGreen', judgedBy: 'LIVENESS-RED' },
} as const satisfies Record<string, { red: TimelineKind; green: TimelineKind; judgedBy: VerdictCode }>

/** A probe as a strip, green and red, until the exit; none where the probe was not asked. */
export function probeRow(
  run: RunResult,
  axis: TimeAxis,
  probe: keyof typeof PROBES,
  note: string,
): TimelineRow | undefined {
  const { red, green, judgedBy } = PROBES[probe]
  const changes = run.timeline.filter(({ kind }) => kind === red || kind === green)
  if (changes.length === 0 && !run.judged.includes(judgedBy)) return undefined

  const first = { atMs: Number.NEGATIVE_INFINITY, color: changes[0]?.kind === green ? 'red' : 'green' }
  const states = [first, ...changes.map(({ atMs, kind }) => ({ atMs, color: kind === red ? 'red' : 'green' }))]
  const turnedRed = changes.find(({ kind }) => kind === red)
  return {
    name: probe,
    note,
    figure: turnedRed === undefined ? 'green' : `red ${formatOffset(turnedRed.atMs)}`,
    track: states.map(({ atMs, color }, index) => {
      const toMs = Math.min(states[index + 1]?.atMs ?? run.exitMs, run.exitMs)
      return toMs > atMs && html`<i class="strip ${color}" style="${axis.span(atMs, toMs)}"></i>`
    }),
  }
}
