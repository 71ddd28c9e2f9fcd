import { html } from './htm.js'
import { Curve } from './strip.js'

const RATE_SECONDS = 5

/** Requests, connections and the queue, as numbers and over time. */
export function Figures({ model: { view, samples }, state }) {
  const { inFlight, connections, orders } = view
  const isGone = state === 'stopped'
  const perSecond = samples.map((_, index) => rateAt(samples, index))
  const figures = [
    ['In flight', inFlight.count, samples.map((sample) => sample.inFlight)],
    ['Connections', connections, samples.map((sample) => sample.connections)],
    ['Orders waiting', orders.pending ?? '–', samples.map((sample) => sample.pending ?? 0)],
    ['Processed per s', (perSecond.at(-1) ?? 0).toFixed(1), perSecond],
  ]
  return html`
    <section class="card figures" aria-label="Requests, connections and the queue">
      <dl>
        ${figures.map(
          ([name, value, values]) => html`
            <div>
              <dt>${name}</dt>
              <dd>${isGone ? '–' : value}</dd>
              <${Curve} values=${values} label=${`${name} over the last two minutes`} />
            </div>
          `,
        )}
      </dl>
      <p class="note">${tell(orders)}</p>
    </section>
  `
}

function tell({ created, processed, newest }) {
  const ofProcess = `Written by this process: ${created}. Processed by it: ${processed}.`
  return newest ? `${ofProcess} The newest order is number ${newest}.` : ofProcess
}

function rateAt(samples, index) {
  const [from, to] = [samples[Math.max(0, index - RATE_SECONDS)], samples[index]]
  const seconds = (to.at - from.at) / 1000
  return seconds > 0 ? (to.processed - from.processed) / seconds : 0
}
