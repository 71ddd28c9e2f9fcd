import type { DrillResult } from '../../drill/result.ts'
import { formatSetting } from '../format-figures.ts'
import { SUGGESTION_WORDS } from '../words.ts'
import { card } from './card.ts'
import { html, type Markup } from './html.ts'
import { PAGE_STYLE } from './page-style.ts'
import { nameHeadline, renderHeader } from './render-header.ts'
import { renderFoldedRun, renderOverview } from './render-overview.ts'
import { renderRun } from './render-run.ts'

/**
 * The result as one HTML page for people who never saw a drill. It needs nothing but itself: no script, no network, and
 * its policy allows none.
 */
export function renderHtml(result: DrillResult): string {
  const [single] = result.runs
  const firstFailed = result.runs.find(({ verdicts }) => verdicts.length > 0)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <link rel="icon" href="data:," />
        <title>${nameHeadline(result)} – ${result.command.join(' ')} – Lastcall drill</title>
        <style>
          ${{ markup: PAGE_STYLE }}
        </style>
      </head>
      <body>
        <main>
          ${renderHeader(result)}
          ${
            single !== undefined && result.runs.length + result.skipped.length === 1
              ? renderRun(single)
              : [renderOverview(result), result.runs.map((run) => renderFoldedRun(run, result, run === firstFailed))]
          }
          <div class="columns">
            ${
              result.suggestions.length > 0 &&
              card('Suggested settings', 'From what was measured in this drill.', renderSuggestions(result))
            }
            ${
              result.assumptions.length > 0 &&
              card(
                'What was assumed',
                'Found out or taken for granted; options of the command change it.',
                html`<ul class="plain">
                  ${result.assumptions.map((sentence) => html`<li>${sentence}</li>`)}
                </ul>`,
              )
            }
          </div>
        </main>
      </body>
    </html> `
  return page.markup
}

function renderSuggestions({ suggestions }: DrillResult): Markup {
  return html`<dl class="words">
    ${suggestions.map(
      ({ setting, ms, why }) =>
        html`<div>
          <dt>${SUGGESTION_WORDS[setting].name} <b>${formatSetting(ms)}</b></dt>
          <dd>${SUGGESTION_WORDS[setting].meaning} ${why}</dd>
        </div>`,
    )}
  </dl>`
}
