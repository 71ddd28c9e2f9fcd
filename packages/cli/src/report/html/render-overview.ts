import type { DrillResult, RunResult } from '../../drill/result.ts'
import { formatCount, formatMs } from '../format-figures.ts'
import { describeEnd, describeLoss, nameRun } from '../summarize-drill.ts'
import { SCENARIO_WORDS } from '../words.ts'
import { card } from './card.ts'
import { html, type Markup } from './html.ts'
import { renderRun } from './render-run.ts'

/** Several runs as a table, those that were not run too. */
export function renderOverview(result: DrillResult): Markup {
  return card(
    'Runs',
    'Each scenario is another way to be stopped.',
    html`<table>
      <thead>
        <tr>
          <th scope="col">run</th>
          <th scope="col" class="figure">lost</th>
          <th scope="col" class="figure">exit</th>
        </tr>
      </thead>
      <tbody>
        ${result.runs.map(
          (run, index) =>
            html`<tr>
              <th scope="row">
                <a href="#run-${index + 1}">${nameRun(run, result)}</a> ${renderCodes(run)}
                <small>${SCENARIO_WORDS[run.scenario].meaning}</small>
              </th>
              <td class="figure ${run.lost > 0 && 'bad'}">${formatCount(run.lost)}</td>
              <td class="figure">${formatMs(run.exitMs)}</td>
            </tr>`,
        )}
        ${result.skipped.map(
          ({ scenario, reason }) =>
            html`<tr>
              <th scope="row">
                ${scenario} <span class="soft">not run</span>
                <small>${SCENARIO_WORDS[scenario].meaning} ${reason}</small>
              </th>
              <td class="figure none">–</td>
              <td class="figure none">–</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )
}

function renderCodes({ verdicts }: RunResult): Markup {
  if (verdicts.length === 0) return html`<span class="code good">passed</span>`
  return html`${verdicts.map(({ code }) => html`<span class="code bad">${code}</span> `)}`
}

/** One of several runs, folded; `open` shows it. */
export function renderFoldedRun(run: RunResult, result: DrillResult, open: boolean): Markup {
  const kind = run.verdicts.length > 0 ? 'bad' : 'good'
  return html`<details id="run-${result.runs.indexOf(run) + 1}" ${open && { markup: 'open' }}>
    <summary>
      <span class="state ${kind}">${nameRun(run, result)}</span> ${describeLoss(run)}, ${describeEnd(run)}
    </summary>
    <p class="note">${SCENARIO_WORDS[run.scenario].meaning}</p>
    ${renderRun(run)}
  </details>`
}
