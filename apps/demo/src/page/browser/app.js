import { Figures } from './figures.js'
import { formatAge, formatMs } from './format.js'
import { Health } from './health.js'
import { html } from './htm.js'
import { InFlight } from './in-flight.js'
import { Load } from './load.js'
import { Waterfall } from './waterfall.js'

const STATES = {
  starting: ['Starting', 'wait'],
  running: ['Running', 'good'],
  draining: ['Draining', 'wait'],
  stopped: ['Stopped', 'still'],
}

/** The whole page, from what is known at this moment. */
export function App({ model, counts, onBurst, onStop }) {
  const { hello, view, link } = model
  if (!hello || !view) return html`<p class="connecting" role="status">Connecting to the service …</p>`
  const state = link === 'gone' ? 'stopped' : view.state
  const isUp = state === 'running'
  return html`
    <header>
      <div class="title">
        <p class="brand">Lastcall demo</p>
        <h1>${hello.name} <${State} state=${state} /></h1>
        <p class="facts">Process ${hello.pid}${isUp && ` · up ${formatAge(view.at - hello.startedAt)}`}</p>
      </div>
      <div class="actions">
        <button type="button" class="plain" onClick=${onBurst} disabled=${!isUp || counts.isRunning}>
          ${counts.isRunning ? 'Sending …' : 'Send a burst of load'}
        </button>
        ${
          model.mayStop &&
          html`<button type="button" class="stop" onClick=${onStop} disabled=${!isUp || model.isStopping}>
            Stop the service
          </button>`
        }
      </div>
    </header>
    <p class="story ${state}" role="status">${tell(model, state)}</p>
    <main>
      <${Waterfall} model=${model} state=${state} />
      <div class="columns">
        <div class="column">
          <${Health} model=${model} state=${state} />
          <${InFlight} view=${view} state=${state} />
        </div>
        <div class="column">
          <${Figures} model=${model} state=${state} />
          <${Load} counts=${counts} mayStop=${model.mayStop} />
        </div>
      </div>
    </main>
    <footer>
      <a href="/orders">Orders</a>
      <a href="/events">Events</a>
      <a href="/livez?verbose">livez</a>
      <a href="/readyz?verbose">readyz</a>
      <a href="/startupz?verbose">startupz</a>
    </footer>
  `
}

function State({ state }) {
  const [text, tone] = STATES[state]
  return html`<span class="state ${tone}">${text}</span>`
}

/** One sentence; without numbers that run, as it is read out whenever it changes. */
function tell({ view, end, isFull, last, mayStop }, state) {
  const phase = view.shutdown?.phases.findLast(({ durationMs }) => durationMs === undefined)?.phase
  switch (state) {
    case 'starting':
      return 'It starts its components in order. Readiness is red until all of them run.'
    case 'running':
      if (last)
        return `It is back. The last stop took ${formatMs(last.durationMs)}: ${last.outcome}, exit ${last.exitCode}.`
      return mayStop
        ? 'All is well. Send a burst of load, stop the service in the middle of it, and watch what becomes of each request.'
        : 'All is well. Send a burst of load, stop the service by a signal in the middle of it, and watch.'
    case 'draining':
      return PHASE_STORIES[phase] ?? 'It is stopping.'
    default:
      if (end) {
        return `It has stopped in ${formatMs(end.durationMs)} of ${formatMs(end.deadlineMs)}: ${end.outcome}, exit ${end.exitCode}. ${AGAIN}`
      }
      if (view.shutdown && !isFull)
        return `The drain is over, and what follows is out of sight: LIVE_PORT cannot be reached from here. ${AGAIN}`
      return `It is gone, without a goodbye. ${AGAIN}`
  }
}

const AGAIN = 'Start it again with npm start: this page waits for it.'

const PHASE_STORIES = {
  announce: 'Told to stop: readiness is red, the worker takes no more orders, and every request is still served.',
  lameDuck: 'Told to stop: readiness is red, and every request is still served while the platform stops routing.',
  drain: 'It no longer listens, and finishes what is in flight.',
  close: 'Nothing is in flight any more. The components close, one after the other.',
  flush: 'The last words are written.',
}
