import { OUTCOMES, type Outcome, type RunResult, type Series } from '../../drill/result.ts'
import { createWaterfall } from '../create-waterfall.ts'
import { formatCount, formatMs } from '../format-figures.ts'
import { OUTCOME_WORDS } from '../words.ts'
import { drawStacks } from './draw-stacks.ts'
import { type Content, html, type Markup } from './html.ts'
import type { TimelineRow } from './render-timeline.ts'
import type { TimeAxis } from './time-axis.ts'

/** What failed is at the bottom, where little is seen best. */
const STACKED: readonly Outcome[] = [...OUTCOMES.filter((outcome) => outcome !== 'answered'), 'answered']

/** Requests over time, one color for each outcome; none where there was no load. */
export function requestRow(run: RunResult, axis: TimeAxis): TimelineRow | undefined {
  const series = cutSeries(run.series, axis)
  const { top, paths } = drawStacks(
    STACKED,
    series.buckets.map(({ outcomes }) => outcomes),
  )
  if (paths.length === 0) return undefined
  const seen = paths.map(({ key }) => key).toReversed()
  return {
    name: 'requests',
    note: seen.map((key) => html`<span class="legend"><i class="swatch ${key}"></i>${OUTCOME_WORDS[key].name}</span> `),
    figure: `up to ${formatCount((top * 1000) / series.bucketMs)}/s`,
    tall: true,
    track: renderChart(
      series,
      axis,
      `Requests over time: ${seen.map((key) => OUTCOME_WORDS[key].name).join(', ')}.`,
      paths.map(({ key, path }) => html`<path class="${key}" d="${path}"></path>`),
    ),
  }
}

/** When requests were lost; none where none were. */
export function lossRow(run: RunResult, axis: TimeAxis): TimelineRow | undefined {
  if (run.lost === 0) return undefined
  return {
    name: 'lost',
    note: 'sent rightly, without a good answer',
    figure: formatCount(run.lost),
    track: createWaterfall(run).lost.map(
      ({ fromMs, toMs }) => html`<i class="strip red" style="${axis.span(fromMs, toMs)}"></i>`,
    ),
  }
}

/** The slowest answer of each moment. */
export function latencyRow(run: RunResult, axis: TimeAxis): TimelineRow | undefined {
  const series = cutSeries(run.series, axis)
  const { top, paths } = drawStacks(
    ['latency'],
    series.buckets.map(({ maxLatencyMs }) => ({ latency: maxLatencyMs ?? 0 })),
  )
  if (paths.length === 0) return undefined
  return {
    name: 'latency',
    note: 'the slowest answer of each moment',
    figure: `up to ${formatMs(top)}`,
    tall: true,
    track: renderChart(
      series,
      axis,
      'The slowest answer over time.',
      paths.map(({ key, path }) => html`<path class="${key}" d="${path}"></path>`),
    ),
  }
}

/** Without what comes before the axis begins. */
function cutSeries({ startMs, bucketMs, buckets }: Series, axis: TimeAxis): Series {
  const before = Math.max(0, Math.floor((axis.startMs - startMs) / bucketMs))
  return { startMs: startMs + before * bucketMs, bucketMs, buckets: buckets.slice(before) }
}

function renderChart(series: Series, axis: TimeAxis, label: string, paths: Content): Markup {
  const { startMs, bucketMs, buckets } = series
  return html`<svg
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${buckets.length} 100"
    preserveAspectRatio="none"
    style="${axis.unclippedSpan(startMs, startMs + buckets.length * bucketMs)}"
  >
    ${paths}
  </svg>`
}
