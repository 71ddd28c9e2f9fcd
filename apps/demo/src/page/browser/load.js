import { html } from './htm.js'

/** What became of the requests that this page has sent. */
export function Load({ counts, mayStop }) {
  const { sent, answered, refused, lost } = counts
  if (sent === 0) {
    return mayStop
      ? null
      : html`<p class="hint">
          The button that stops the service is for browsers on its own machine. Send it a signal, or start it with
          <code>PAGE_STOP=always</code>.
        </p>`
  }
  const open = sent - answered - refused - lost
  return html`
    <section class="card load" aria-labelledby="load">
      <div class="head"><h2 id="load">The burst from this page</h2></div>
      <dl>
        <div>
          <dt>Sent</dt>
          <dd>${sent}</dd>
        </div>
        <div>
          <dt>Open</dt>
          <dd>${open}</dd>
        </div>
        <div>
          <dt>Answered</dt>
          <dd>${answered}</dd>
        </div>
        <div class=${lost > 0 ? 'bad' : 'good'}>
          <dt>Lost</dt>
          <dd>${lost}</dd>
        </div>
      </dl>
      ${refused > 0 && html`<p class="note">${refused} came after it had stopped listening, and were refused.</p>`}
    </section>
  `
}
