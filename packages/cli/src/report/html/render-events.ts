import type { RunResult } from '../../drill/result.ts'
import { formatOffset } from '../format-figures.ts'
import { nameEvent } from '../summarize-drill.ts'
import { TIMELINE_WORDS } from '../words.ts'
import { html, type Markup } from './html.ts'

/** What happened, in order, as a table. */
export function renderEvents({ timeline }: RunResult): Markup {
  return html`<table>
    <thead>
      <tr>
        <th scope="col" class="figure">when</th>
        <th scope="col">what</th>
      </tr>
    </thead>
    <tbody>
      ${timeline.map(
        (event) =>
          html`<tr>
            <td class="figure">${formatOffset(event.atMs)}</td>
            <th scope="row">${nameEvent(event)} <small>${TIMELINE_WORDS[event.kind].meaning}</small></th>
          </tr>`,
      )}
    </tbody>
  </table>`
}
