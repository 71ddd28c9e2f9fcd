import type { RunResult } from '../../drill/result.ts'
import { chooseTicks } from '../choose-ticks.ts'
import { createWaterfall, type Waterfall } from '../create-waterfall.ts'
import { formatCount, formatMs, formatOffset, formatSetting } from '../format-figures.ts'
import { describeExit } from '../summarize-drill.ts'
import { drawBar, drawSpans } from './draw-bar.ts'
import { formatEvent } from './format-progress.ts'
import type { Layout, Paint } from './layout.ts'
import { wrapText } from './wrap-text.ts'

const NAME_WIDTH = 12
const NOTES_WIDTH = 34

/** The shutdown of a run as lines: a bar for each step, an axis, and the events with their offsets. */
export function formatWaterfall(run: RunResult, { paint, width }: Layout): string[] {
  const waterfall = createWaterfall(run)
  const barWidth = Math.max(width - NAME_WIDTH - NOTES_WIDTH, 12)
  const scale = (ms: number) => (ms - waterfall.startMs) / (waterfall.endMs - waterfall.startMs)
  const row = (name: string, bar: string, color: (text: string) => string, figure: string, note: string) =>
    `${name.padEnd(NAME_WIDTH)}${color(bar.padEnd(barWidth))} ${figure.padStart(8)}  ${paint.dim(note)}`.trimEnd()

  const lines = waterfall.bars.map(({ key, name, note, fromMs, toMs, idleFromMs = toMs }) => {
    const bar = drawBar({ from: scale(fromMs), to: scale(toMs) }, barWidth)
    const busy = Math.max(Math.ceil(scale(idleFromMs) * barWidth), Math.floor(scale(fromMs) * barWidth) + 1)
    const drawn = bar.slice(0, busy) + bar.slice(busy).replaceAll(/./g, '░')
    const said = idleFromMs < toMs && drawn !== bar ? `nothing left for ${formatMs(toMs - idleFromMs)}` : note
    return row(name, drawn, colorOf(key, paint), formatMs(toMs - fromMs), said)
  })
  const exit = Math.min(Math.floor(scale(run.exitMs) * barWidth), barWidth - 1)
  const good = run.exitCode === 0
  lines.push(
    row(
      'exit',
      `${' '.repeat(exit)}◆`,
      good ? paint.green : paint.red,
      formatOffset(run.exitMs),
      good ? describeExit(run) : paint.red(describeExit(run)),
    ),
  )
  if (waterfall.lost.length > 0) {
    const spans = waterfall.lost.map(({ fromMs, toMs }) => ({ from: scale(fromMs), to: scale(toMs) }))
    lines.push(row('lost', drawSpans(spans, barWidth), paint.red, formatCount(run.lost), 'requests'))
  }
  return [
    ...lines,
    ' '.repeat(NAME_WIDTH) + paint.dim(formatAxis(waterfall, barWidth)),
    '',
    ...formatEvents(run, width),
  ]
}

function colorOf(key: Waterfall['bars'][number]['key'], paint: Paint): (text: string) => string {
  return { wait: paint.gray, propagation: paint.blue, lameDuck: paint.yellow, drain: paint.cyan }[key]
}

function formatAxis({ startMs, endMs }: Waterfall, width: number): string {
  let axis = ''
  for (const tick of chooseTicks(startMs, endMs, Math.max(Math.floor(width / 8), 2))) {
    const column = Math.round(((tick - startMs) / (endMs - startMs)) * width)
    const label = formatSetting(tick)
    if (column + label.length <= width) axis = axis.padEnd(column) + label
  }
  return axis
}

function formatEvents({ timeline }: RunResult, width: number): string[] {
  const events = timeline.map((event) => formatEvent(event).replaceAll(' ', '\u00a0'))
  return wrapText(events.join('\u00a0· '), width).map((line) => line.replaceAll('\u00a0', ' '))
}
