import pico from 'picocolors'
import type { Regression } from '../compare-with-baseline.ts'
import { plainText } from '../plain-text.ts'
import type { DrillFormat } from './format-drill.ts'
import { hangText } from './wrap-text.ts'

/** What got worse since the baseline, a line each; or that nothing did. */
export function formatComparison(
  regressions: readonly Regression[],
  { colors = false, width = 80 }: DrillFormat = {},
): string {
  const paint = pico.createColors(colors)
  if (regressions.length === 0) return paint.green('NO WORSE than the baseline')
  const lines = regressions.flatMap(({ text }) => hangText(plainText(text), { first: '  ', indent: 2, width }))
  return [paint.red('WORSE than the baseline'), ...lines].join('\n')
}
