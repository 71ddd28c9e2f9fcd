import pico from 'picocolors'
import type { DrillResult } from '../../drill/result.ts'
import { formatCount, formatNumberOf, formatSetting } from '../format-figures.ts'
import { plainText } from '../plain-text.ts'
import { describeEnd, describePropagation, summarizeDrill } from '../summarize-drill.ts'
import { SCENARIO_WORDS, SUGGESTION_WORDS } from '../words.ts'
import { formatRun, formatRunLine } from './format-run.ts'
import type { Layout } from './layout.ts'
import { hangText, wrapText } from './wrap-text.ts'

const MAX_WIDTH = 100
const MIN_WIDTH = 60

/** How {@link formatDrill} writes. */
export interface DrillFormat {
  /** @default false */
  readonly colors?: boolean
  /** Of the terminal, in characters; lines of more than 100 are not made. @default 80 */
  readonly width?: number
}

/**
 * A drill's result for the terminal: the verdict first, then the shutdown as a waterfall, what was lost and why, and
 * what to change. Of several runs only those with a verdict are shown in full.
 */
export function formatDrill(result: DrillResult, { colors = false, width = 80 }: DrillFormat = {}): string {
  const layout: Layout = {
    paint: pico.createColors(colors),
    width: Math.max(Math.min(width, MAX_WIDTH), MIN_WIDTH),
  }
  const [single] = result.runs
  const body =
    single !== undefined && result.runs.length + result.skipped.length === 1
      ? formatRun(single, layout)
      : [formatOverview(result, layout), ...formatFailedRuns(result, layout)]
  return [
    formatHeadline(result, layout),
    ...body,
    ...formatSuggestions(result, layout),
    ...formatAssumptions(result, layout),
  ]
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')
}

function formatOverview(result: DrillResult, layout: Layout): string[] {
  const { paint, width } = layout
  return [
    ...result.runs.map((run) => formatRunLine(run, result, layout)),
    ...result.skipped.flatMap(({ scenario, reason }) =>
      hangText(`${scenario}: not run. ${plainText(reason)}`, { first: paint.dim('- '), indent: 2, width }),
    ),
  ]
}

function formatFailedRuns(result: DrillResult, layout: Layout): string[][] {
  return result.runs
    .filter(({ verdicts }) => verdicts.length > 0)
    .flatMap((run) => [
      [layout.paint.bold(formatRunLine(run, result, layout)), SCENARIO_WORDS[run.scenario].meaning],
      ...formatRun(run, layout),
    ])
}

function formatHeadline(result: DrillResult, { paint, width }: Layout): string[] {
  const { passed, requests, lost, codes } = summarizeDrill(result)
  const [single, ...others] = result.runs
  const end = single !== undefined && others.length === 0 ? describeEnd(single) : `in ${result.runs.length} runs`
  const faults = codes.filter((code) => code !== 'LOST')
  const verdict = passed ? 'PASSED:' : lost === 0 ? 'FAILED:' : 'LOST'
  const among = `${formatCount(lost)} ${lost === 0 ? 'lost ' : ''}of ${formatNumberOf(requests, 'request')}`
  const rest = `${among}, ${end}${faults.length > 0 ? `: ${faults.join(', ')}` : ''}`
  const color = passed ? paint.green : paint.red
  return [
    ...hangText(rest, { first: `${paint.bold(color(verdict))} `, indent: verdict.length + 1, width }),
    ...wrapText(describeSetup(result), width).map((line) => paint.dim(line)),
  ]
}

function describeSetup({ command, profile, settings, runs }: DrillResult): string {
  const { signal, gracePeriodMs, rps } = settings
  const [single, ...others] = runs
  const scenario = single !== undefined && others.length === 0 && single.scenario !== 'terminate' ? single.scenario : ''
  return [
    plainText(command.join(' ')),
    ...(scenario === '' ? [] : [SCENARIO_WORDS[scenario].name]),
    profile,
    signal,
    `propagation ${describePropagation(settings)}`,
    `grace period ${formatSetting(gracePeriodMs)}`,
    `${formatCount(rps)} requests/s`,
  ].join(' · ')
}

function formatSuggestions({ suggestions }: DrillResult, { paint, width }: Layout): string[][] {
  if (suggestions.length === 0) return []
  const lines = suggestions.flatMap(({ setting, ms, why }) => {
    const what = `  ${SUGGESTION_WORDS[setting].name} ${formatSetting(ms)}`.padEnd(24)
    return hangText(plainText(why), { first: what, indent: 24, width })
  })
  return [[paint.dim('suggested'), ...lines]]
}

function formatAssumptions({ assumptions }: DrillResult, { paint, width }: Layout): string[][] {
  if (assumptions.length === 0) return []
  const lines = assumptions.flatMap((sentence) => hangText(plainText(sentence), { first: '  - ', indent: 4, width }))
  return [[paint.dim('assumed'), ...lines.map((line) => paint.dim(line))]]
}
