import type { DrillResult, RunResult, Verdict } from '../../drill/result.ts'
import { plainText } from '../plain-text.ts'
import { describeEnd, describeLoss, nameRun } from '../summarize-drill.ts'
import { VERDICT_WORDS } from '../words.ts'
import { formatLosses } from './format-losses.ts'
import { formatWaterfall } from './format-waterfall.ts'
import type { Layout } from './layout.ts'
import { hangText } from './wrap-text.ts'

const LOG_LINES = 5

/** A run in one line: `✗ terminate: 37 of 1 240 requests lost, exit code 0 after 31 ms`. */
export function formatRunLine(run: RunResult, result: DrillResult, { paint }: Layout): string {
  const mark = run.verdicts.length > 0 ? paint.red('✗') : paint.green('✓')
  return `${mark} ${nameRun(run, result)}: ${describeLoss(run)}, ${describeEnd(run)}`
}

/** A run in full, as paragraphs of lines: its waterfall, what was lost, and what was judged. */
export function formatRun(run: RunResult, layout: Layout): string[][] {
  return [
    formatWaterfall(run, layout),
    ...(run.lost > 0 ? [formatLosses(run, layout)] : []),
    ...run.verdicts.map((verdict) => formatVerdict(verdict, layout)),
    ...formatPassed(run, layout),
    ...formatLog(run, layout),
  ]
}

function formatVerdict({ code, summary, cause, fix }: Verdict, { paint, width }: Layout): string[] {
  const hang = (text: string, first: string, indent: number) => hangText(plainText(text), { first, indent, width })
  return [
    ...hang(summary, `${paint.bold(paint.red(code))}  `, code.length + 2),
    ...hang(cause, `  ${paint.dim('cause')}  `, 9),
    ...hang(fix, `  ${paint.dim('fix')}    `, 9),
  ]
}

function formatPassed({ verdicts, judged }: RunResult, { paint, width }: Layout): string[][] {
  const found = verdicts.map(({ code }) => code)
  const passed = judged.filter((code) => !found.includes(code)).map((code) => VERDICT_WORDS[code].passed)
  return passed.length === 0 ? [] : [hangText(passed.join(', '), { first: paint.dim('passed  '), indent: 8, width })]
}

/** What it wrote last tells why it failed, where it ended by itself and said that it had. */
function formatLog({ exitCode, logTail }: RunResult, { paint }: Layout): string[][] {
  if (exitCode === null || exitCode === 0 || logTail.length === 0) return []
  return [[paint.dim('its last lines'), ...logTail.slice(-LOG_LINES).map((line) => `  ${plainText(line)}`)]]
}
