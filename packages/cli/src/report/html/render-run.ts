import type { RunResult } from '../../drill/result.ts'
import { card } from './card.ts'
import { type Content, html, type Markup } from './html.ts'
import { renderEvents } from './render-events.ts'
import { renderClasses, renderLatency, renderLosses } from './render-tables.ts'
import { renderTimeline } from './render-timeline.ts'
import { renderVerdicts } from './render-verdicts.ts'

/** Everything about one run, as cards. */
export function renderRun(run: RunResult): Markup {
  return html`${card(
      'The shutdown, moment by moment',
      'All on one axis, in time from the signal. Where new connections come and the server no longer takes them, requests are lost.',
      renderTimeline(run),
    )}
    ${card(
      run.verdicts.length > 0 ? 'What went wrong, and what to change' : 'What was checked',
      undefined,
      renderVerdicts(run),
    )}
    <div class="columns">
      <div>
        ${
          run.lost > 0 &&
          card('What was lost', 'Only requests that the platform was right to send count.', renderLosses(run))
        }
        ${card('What happened when', 'As it was seen from outside, in time from the signal.', renderEvents(run))}
      </div>
      <div>
        ${
          run.requests > 0 && [
            card('All requests', 'By what became of them and by when they were sent.', renderClasses(run)),
            card(
              'Latency',
              'How soon the answers were there, from the moment that each request was due.',
              renderLatency(run),
            ),
          ]
        }
      </div>
    </div>
    ${
      run.logTail.length > 0 &&
      card('Its last lines', 'What the process wrote last, to stdout and stderr.', renderLog(run.logTail))
    }`
}

function renderLog(lines: readonly string[]): Content {
  return html`<pre tabindex="0" aria-label="log">${lines.map((line) => html`${line}${{ markup: '\n' }}`)}</pre>`
}
