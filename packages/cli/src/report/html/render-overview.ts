import type { DrillResult, RunResult } from '../../drill/result.ts'
import { formatCount, formatMs } from '../format-figures.ts'
import { describeEnd, describeLoss, nameRun } from '../summarize-drill.ts'
import { SCENARIO_WORDS } from '../words.ts'
import { card } from './card.ts'
import { html, type Markup } from './html.ts'
import { renderRun } from './render-run.ts'

/** Several runs as a table. */
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
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        ${result.runs.map(
          (run, index) =>
            html`<tr>
              <th scope="row">
                <a href="#run-${index + 1}">${nameRun(run, result)}</a>
                <small>${SCENARIO_WORDS[run.scenario].meaning}</small>
              </th>
              <td class="figure ${run.lost > 0 && 'bad'}">${formatCount(run.lost)}</td>
              <td class="figure">${formatMs(run.exitMs)}</td>
              <td class="${run.verdicts.length > 0 ? 'bad' : 'good'}">
                ${run.verdicts.length > 0 ? run.verdicts.map(({ code }) => code).join(', ') : 'passed'}
              </td>
            </tr>`,
        )}
        ${result.skipped.map(
          ({ scenario, reason }) =>
            html`<tr>
              <th scope="row">${scenario} <small>${SCENARIO_WORDS[scenario].meaning}</small></th>
              <td class="figure none">–</td>
              <td class="figure none">–</td>
              <td class="none">not run: ${reason}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )
}

/** One of several runs, open when something was found. */
export function renderFoldedRun(run: RunResult, result: DrillResult): Markup {
  const index = result.runs.indexOf(run)
  const failed = run.verdicts.length > 0
  return html`<details id="run-${index + 1}" ${failed && { markup: 'open' }}>
    <summary>
      <span class="state ${failed ? 'bad' : 'good'}">${nameRun(run, result)}</span> ${describeLoss(run)},
      ${describeEnd(run)}
    </summary>
    <p class="note">${SCENARIO_WORDS[run.scenario].meaning}</p>
    ${renderRun(run)}
  </details>`
}
