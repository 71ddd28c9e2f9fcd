import { type LatencySummary, OUTCOMES, PHASES, type RunResult } from '../../drill/result.ts'
import { formatCount, formatMs, formatSpan } from '../format-figures.ts'
import { OUTCOME_WORDS, PHASE_WORDS, type Word } from '../words.ts'
import { type Content, html, type Markup } from './html.ts'

const LATENCY_ROWS: readonly (readonly [string, keyof LatencySummary])[] = [
  ['half of them within', 'p50Ms'],
  ['90 % within', 'p90Ms'],
  ['99 % within', 'p99Ms'],
  ['99.9 % within', 'p999Ms'],
  ['the slowest', 'maxMs'],
]

/** Requests by what became of them and by when they were sent, and what the words mean. */
export function renderClasses({ classes }: RunResult): Markup {
  const outcomes = OUTCOMES.filter((outcome) => PHASES.some((phase) => classes[phase][outcome].total > 0))
  const phases = PHASES.filter((phase) => OUTCOMES.some((outcome) => classes[phase][outcome].total > 0))
  return html`<table>
      <thead>
        <tr>
          <th scope="col">sent</th>
          ${phases.map((phase) => html`<th scope="col" class="figure">${PHASE_WORDS[phase].name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${outcomes.map(
          (outcome) =>
            html`<tr>
              <th scope="row"><i class="swatch ${outcome}"></i>${OUTCOME_WORDS[outcome].name}</th>
              ${phases.map((phase) => renderCount(classes[phase][outcome]))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${renderWords([...outcomes.map((outcome) => OUTCOME_WORDS[outcome]), ...phases.map((phase) => PHASE_WORDS[phase])])}`
}

/** What was lost, by its cause. */
export function renderLosses({ losses }: RunResult): Markup {
  return html`<table>
    <thead>
      <tr>
        <th scope="col" class="figure">lost</th>
        <th scope="col">cause</th>
        <th scope="col">failed</th>
      </tr>
    </thead>
    <tbody>
      ${losses.map(
        ({ outcome, count, cause, firstMs, lastMs, sample }) =>
          html`<tr>
            <td class="figure bad">${formatCount(count)}</td>
            <th scope="row">
              <i class="swatch ${outcome}"></i>${OUTCOME_WORDS[outcome].name}: ${cause}
              <small><code>${sample}</code></small>
            </th>
            <td>${formatSpan(firstMs, lastMs).replaceAll(/(?<=\d) /g, '\u00a0')}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** How long answers took before, during and after the shutdown. */
export function renderLatency({ latency }: RunResult): Markup {
  const spans: readonly (readonly [string, LatencySummary])[] = [
    ['before the signal', latency.before],
    ['until the exit', latency.during],
    ['after the exit', latency.after],
  ]
  const columns = spans.filter(([, { count }]) => count > 0)
  return html`<table>
    <thead>
      <tr>
        <th scope="col">sent</th>
        ${columns.map(([name]) => html`<th scope="col" class="figure">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${LATENCY_ROWS.map(
        ([name, key]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${columns.map(([, summary]) => html`<td class="figure">${formatLatency(summary[key])}</td>`)}
          </tr>`,
      )}
      <tr>
        <th scope="row">answers</th>
        ${columns.map(([, { count }]) => html`<td class="figure">${formatCount(count)}</td>`)}
      </tr>
    </tbody>
  </table>`
}

/** Words and their meanings. */
function renderWords(words: readonly Word[]): Markup {
  return html`<dl class="words">
    ${words.map(
      ({ name, meaning }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${meaning}</dd>
        </div>`,
    )}
  </dl>`
}

function formatLatency(ms: number | null): string {
  return ms === null ? '–' : formatMs(ms)
}

function renderCount({ total, lost }: { readonly total: number; readonly lost: number }): Content {
  if (total === 0) return html`<td class="figure none">–</td>`
  return html`<td class="figure">
    ${formatCount(total)} ${lost > 0 && html`<small class="bad">${formatCount(lost)} lost</small>`}
  </td>`
}
