import { OUTCOMES, PHASES, type RunResult } from '../../drill/result.ts'
import { formatCount, formatSpan } from '../format-figures.ts'
import { plainText } from '../plain-text.ts'
import { OUTCOME_WORDS, PHASE_WORDS } from '../words.ts'
import { formatTable } from './format-table.ts'
import type { Layout } from './layout.ts'
import { hangText } from './wrap-text.ts'

/** How many causes, the most frequent, are shown with one of their requests. */
const SAMPLES = 2

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
    ['lost', ...phases.map((phase) => PHASE_WORDS[phase].name), 'in all'],
    ...rows,
  ])
  return [layout.paint.dim(head), ...body, '', ...formatCauses(run, layout)]
}

function formatCauses({ losses }: RunResult, { paint, width }: Layout): string[] {
  const figures = losses.map(({ count }) => formatCount(count))
  const indent = Math.max(...figures.map((figure) => figure.length)) + 2
  return losses.flatMap(({ outcome, cause, firstMs, lastMs, sample }, index) => {
    const said = `${OUTCOME_WORDS[outcome].name}: ${plainText(cause)}, ${formatSpan(firstMs, lastMs)}`
    const first = `${paint.red((figures[index] ?? '').padStart(indent - 2))}  `
    const example = index < SAMPLES ? hangText(plainText(sample), { first: ' '.repeat(indent), indent, width }) : []
    return [...hangText(said, { first, indent, width }), ...example.map((line) => paint.dim(line))]
  })
}
