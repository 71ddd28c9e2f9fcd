import { formatMs } from './format.js'
import { html } from './htm.js'

/** What is in flight, oldest first. */
export function InFlight({ view: { inFlight }, state }) {
  const { count, oldest } = state === 'stopped' ? { count: 0, oldest: [] } : inFlight
  const hidden = count - oldest.length
  return html`
    <section class="card in-flight" aria-labelledby="in-flight">
      <div class="head">
        <h2 id="in-flight">In flight</h2>
        <p class="clock">oldest first</p>
      </div>
      ${
        count === 0
          ? html`<p class="note">Nothing at this moment.</p>`
          : html`<ol>
              ${oldest.map(
                ({ kind, name, ageMs }) =>
                  html`<li>
                    <span class="kind">${kind}</span><span class="work">${name}</span
                    ><span class="time">${formatMs(ageMs)}</span>
                  </li>`,
              )}
            </ol>`
      }
      ${hidden > 0 && html`<p class="note">and ${hidden} more</p>`}
    </section>
  `
}
