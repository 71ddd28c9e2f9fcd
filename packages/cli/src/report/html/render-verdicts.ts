import { type RunResult, VERDICT_CODES } from '../../drill/result.ts'
import { VERDICT_WORDS } from '../words.ts'
import { type Content, html, type Markup } from './html.ts'

/** What was found at fault, each with cause and fix; then what passed, and what could not be judged. */
export function renderVerdicts({ verdicts, judged }: RunResult): Markup {
  const found = verdicts.map(({ code }) => code)
  const passed = judged.filter((code) => !found.includes(code))
  const open = VERDICT_CODES.filter((code) => !judged.includes(code) && !found.includes(code))
  return html`${verdicts.map(
    ({ code, summary, cause, fix }) =>
      html`<article class="verdict">
        <h3>${VERDICT_WORDS[code].fault} <span class="code bad">${code}</span></h3>
        <p>${capitalize(summary)}</p>
        <dl>
          <div>
            <dt>Why</dt>
            <dd>${cause}</dd>
          </div>
          <div>
            <dt>What to change</dt>
            <dd>${fix}</dd>
          </div>
        </dl>
      </article>`,
  )}
  ${list(
    'passed',
    passed.map((code) => VERDICT_WORDS[code].passed),
  )}
  ${open.length > 0 && html`<p class="note">Not judged in this run: ${open.join(', ')}.</p>`}`
}

function list(name: string, items: readonly string[]): Content {
  return (
    items.length > 0 &&
    html`<ul class="${name}">
      ${items.map((item) => html`<li>${capitalize(item)}</li>`)}
    </ul>`
  )
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
