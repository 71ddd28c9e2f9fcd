import { html } from './htm.js'
import { Strip } from './strip.js'

const WORDS = { pass: 'green', warn: 'warning', fail: 'red', pending: 'pending' }

const PROBES = [
  ['startup', 'has it started?'],
  ['liveness', 'must it be restarted?'],
  ['readiness', 'may it be routed to?'],
]

/** Probes and checks, now and over the last two minutes. */
export function Health({ model: { view, samples }, state }) {
  const isGone = state === 'stopped'
  return html`
    <section class="card health" aria-labelledby="health">
      <div class="head">
        <h2 id="health">Probes and checks</h2>
        <p class="clock">last 2 min</p>
      </div>
      <ul class="strips">
        ${PROBES.map(
          ([name, about]) =>
            html`<${Line} name=${name} about=${about} status=${view.probes[name]} ...${{ samples, isGone }} />`,
        )}
      </ul>
      <h3>Checks</h3>
      <ul class="strips">
        ${view.checks.map(
          ({ name, status, probes }) =>
            html`<${Line}
              name=${name}
              about=${`for ${probes.join(', ')}`}
              status=${status}
              ...${{ samples, isGone }}
            />`,
        )}
      </ul>
    </section>
  `
}

function Line({ name, about, status, samples, isGone }) {
  const word = isGone ? 'no answer' : WORDS[status]
  return html`
    <li>
      <div class="what"><span>${name}</span><small>${about}</small></div>
      <span class="status ${isGone ? 'gone' : status}">${word}</span>
      <${Strip} statuses=${samples.map((sample) => sample.status[name])} label=${`${name}: ${word}`} />
    </li>
  `
}
