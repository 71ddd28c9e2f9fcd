import { type Loss, OUTCOMES, PHASES, type RunResult } from '../../drill/result.ts'
import { formatCount, formatOffset } from '../format-figures.ts'
import { plainText } from '../plain-text.ts'
import { OUTCOME_WORDS, PHASE_WORDS } from '../words.ts'
import { formatTable } from './format-table.ts'
import type { Layout } from './layout.ts'
import { hangText } from './wrap-text.ts'

/** What was lost: a row for each outcome with the phase that its requests were sent in, then each cause. */
export function formatLosses(run: RunResult, layout: Layout): string[] {
  const phases = PHASES.filter((phase) => OUTCOMES.some((outcome) => run.classes[phase][outcome].lost > 0))
  const outcomes = OUTCOMES.filter((outcome) => PHASES.some((phase) => run.classes[phase][outcome].lost > 0))
  const rows = outcomes.map((outcome) => {
    const counts = phases.map((phase) => run.classes[phase][outcome].lost)
    const sum = counts.reduce((total, count) => total + count, 0)
    return [OUTCOME_WORDS[outcome].name, ...[...counts, sum].map(formatCount)]
  })
  const [head = '', ...body] = formatTable([
    ['lost, by when it was sent', ...phases.map((phase) => PHASE_WORDS[phase].name), 'in all'],
    ...rows,
  ])
  return [layout.paint.dim(head), ...body, '', ...run.losses.flatMap((loss) => formatLoss(loss, layout))]
}

function formatLoss({ count, cause, firstMs, lastMs, sample }: Loss, { paint, width }: Layout): string[] {
  const times = firstMs === lastMs ? formatOffset(firstMs) : `${formatOffset(firstMs)} to ${formatOffset(lastMs)}`
  const said = formatCount(count)
  return [
    ...hangText(`${plainText(cause)}, ${times}`, { first: `${paint.red(said)} `, indent: said.length + 1, width }),
    ...hangText(`such as ${plainText(sample)}`, { first: '  ', indent: 2, width }).map((line) => paint.dim(line)),
  ]
}
