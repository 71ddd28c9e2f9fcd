import pico from 'picocolors'
import { PRESETS } from '@lastcall/core'
import { formatSetting } from '../report/format-figures.ts'
import { drawBar } from '../report/terminal/draw-bar.ts'
import type { Paint } from '../report/terminal/layout.ts'
import { hangText } from '../report/terminal/wrap-text.ts'
import type { Budget, RuleResult } from './budget.ts'
import { formatSum } from './format-sum.ts'

const NAME_WIDTH = 11
const FIGURE_WIDTH = 8
const NOTE_WIDTH = 34
const RULE_WIDTH = 9
const MAX_WIDTH = 100

/** The budget for the terminal: the waterfall up to the kill, its sum, and each rule with what to change. */
export function formatBudget(budget: Budget, { colors = false, width = 80 } = {}): string {
  const paint = pico.createColors(colors)
  const lines = [
    ...formatHeadline(budget, paint),
    '',
    ...formatWaterfall(budget, paint, Math.min(width, MAX_WIDTH)),
    '',
    formatSum(budget),
    '',
    ...budget.rules.flatMap((rule) => formatRule(rule, paint, Math.min(width, MAX_WIDTH))),
  ]
  return lines.map((line) => line.trimEnd()).join('\n')
}

function formatHeadline({ facts: { platform, gracePeriodMs }, neededMs, rules }: Budget, paint: Paint): string[] {
  const { gracePeriodMs: presetMs, propagationMs } = PRESETS[platform]
  const broken = rules.filter(({ holds }) => holds === false).map(({ rule }) => rule)
  const verdict = broken.length === 0 ? paint.green('PASSED') : paint.red(`FAILED ${broken.join(', ')}`)
  return [
    `${verdict}: ${formatSetting(neededMs)} of ${formatSetting(gracePeriodMs)}`,
    `${platform} · preset: grace period ${formatSetting(presetMs)}, propagation ${formatSetting(propagationMs)}`,
  ]
}

function formatWaterfall({ bars, facts, neededMs }: Budget, paint: Paint, width: number): string[] {
  const barWidth = Math.max(width - NAME_WIDTH - FIGURE_WIDTH - NOTE_WIDTH - 2, 16)
  const endMs = Math.max(neededMs, facts.gracePeriodMs, 1)
  const row = (name: string, bar: string, figure: string, note: string) =>
    `${name.padEnd(NAME_WIDTH)}${bar.padEnd(barWidth)}${figure.padStart(FIGURE_WIDTH)}  ${paint.dim(note)}`
  const rows = bars.map(({ name, fromMs, toMs, note }) => {
    const bar = toMs === fromMs ? '' : drawBar({ from: fromMs / endMs, to: toMs / endMs }, barWidth)
    return row(name, bar, formatSetting(toMs - fromMs), toMs === fromMs ? '' : note)
  })
  const kill = Math.min(Math.floor((facts.gracePeriodMs / endMs) * barWidth), barWidth - 1)
  return [...rows, row('SIGKILL', `${' '.repeat(kill)}◆`, formatSetting(facts.gracePeriodMs), 'the kill')]
}

function formatRule({ rule, holds, text, fix }: RuleResult, paint: Paint, width: number): string[] {
  const mark = holds === undefined ? paint.dim('?   ') : holds ? paint.green('ok  ') : paint.red('FAIL')
  const said = fix === undefined ? text : `${text}. ${fix}`
  return hangText(said, { first: `${mark}  ${rule.padEnd(RULE_WIDTH)}`, indent: 6 + RULE_WIDTH, width })
}
