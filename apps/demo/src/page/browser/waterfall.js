import { formatMs, plural } from './format.js'
import { html } from './htm.js'

const ABOUT = {
  announce: 'readiness red, no new jobs',
  lameDuck: 'still serving every request',
  drain: 'finishing what is in flight',
  close: 'components stop in order',
  flush: 'logs, metrics, traces',
}

/** What stops quicker is not worth a word, in milliseconds. */
const TOLD_MS = 15

/** The phases of the shutdown: what they may take, what they take, what they took. */
export function Waterfall({ model, state }) {
  const { hello, view, end, last } = model
  const shutdown = view.shutdown
  const nowMs = elapsedMs(model, state)
  const isPlan = shutdown === undefined
  const rows = isPlan ? planOf(hello) : rowsOf(hello, shutdown, nowMs)
  const scaleMs = end ? niceCeil(end.durationMs) : hello.deadlineMs
  return html`
    <section class="card waterfall ${state}" aria-labelledby="shutdown">
      <div class="head">
        <h2 id="shutdown">${isPlan ? 'The shutdown, were it to begin now' : 'The shutdown'}</h2>
        <p class="clock">
          ${
            isPlan
              ? html`at most <strong>${formatMs(hello.deadlineMs)}</strong>`
              : html`<strong>${formatMs(nowMs)}</strong> of ${formatMs(hello.deadlineMs)}`
          }
        </p>
      </div>
      <ol class="phases">
        ${rows.map((row) => html`<${Row} row=${row} scaleMs=${scaleMs} nowMs=${nowMs} isPlan=${isPlan} />`)}
      </ol>
      <${Axis} scaleMs=${scaleMs} />
      ${!isPlan && html`<p class="note">On ${shutdown.reason}. ${end ? verdict(end) : stillOpen(view)}</p>`}
      ${isPlan && last && html`<p class="note">Last time: ${formatMs(last.durationMs)}. ${verdict(last)}</p>`}
    </section>
  `
}

function Row({ row, scaleMs, nowMs, isPlan }) {
  const { phase, startedMs, budgetMs, durationMs, timedOut, status, steps } = row
  const place = (fromMs, lengthMs) => ({
    left: `${percent(fromMs, scaleMs)}%`,
    width: `${Math.max(0, percent(fromMs + lengthMs, scaleMs) - percent(fromMs, scaleMs))}%`,
  })
  const about = tellSteps(steps) || ABOUT[phase]
  const took = status === 'running' ? nowMs - startedMs : durationMs
  return html`
    <li class="phase ${phase} ${status}">
      <div class="name"><span>${phase}</span><small title=${about}>${about}</small></div>
      <div class="track">
        ${startedMs !== undefined && html`<i class="budget" style=${place(startedMs, budgetMs)}></i>`}
        ${!isPlan && took !== undefined && html`<i class="bar" style=${place(startedMs, took)}></i>`}
      </div>
      <div class="time">
        ${isPlan || took === undefined ? html`<small>up to</small> ${formatMs(budgetMs)}` : formatMs(took)}
        ${timedOut && html`<small class="bad"> timed out</small>`}
      </div>
    </li>
  `
}

/** What held it up: `database 21 ms`. */
function tellSteps(steps) {
  const tell = ({ name, durationMs, outcome }) =>
    durationMs === undefined ? `${name} …` : `${name} ${outcome === 'ok' ? formatMs(durationMs) : outcome}`
  return steps
    .filter(({ durationMs = Infinity, outcome }) => durationMs >= TOLD_MS || outcome !== 'ok')
    .toSorted((a, b) => (b.durationMs ?? Infinity) - (a.durationMs ?? Infinity))
    .map(tell)
    .join(', ')
}

function Axis({ scaleMs }) {
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return html`<div class="axis" aria-hidden="true">
    ${ticks.map((part) => html`<span style=${{ left: `${part * 100}%` }}>${formatTick(part * scaleMs)}</span>`)}
  </div>`
}

function planOf({ budgets, lameDuckMs }) {
  const budgetOf = (phase) => budgets.find((each) => each.phase === phase).budgetMs
  const first = Math.max(budgetOf('lameDuck'), budgetOf('announce'))
  const starts = {
    announce: 0,
    lameDuck: 0,
    drain: first,
    close: first + budgetOf('drain'),
    flush: first + budgetOf('drain') + budgetOf('close'),
  }
  return budgets.map(({ phase, budgetMs }) => ({
    phase,
    budgetMs,
    startedMs: starts[phase],
    status: phase === 'lameDuck' && lameDuckMs === 0 ? 'none' : 'planned',
    steps: [],
  }))
}

function rowsOf({ budgets }, { phases, steps }) {
  return budgets.map(({ phase, budgetMs }) => {
    const begun = phases.find((each) => each.phase === phase)
    const status = begun === undefined ? 'ahead' : begun.durationMs === undefined ? 'running' : 'over'
    return { phase, budgetMs, ...begun, status, steps: steps.filter((step) => step.phase === phase) }
  })
}

/** Since the shutdown began, on the service's clock. */
function elapsedMs({ view, end, aheadMs, link }, state) {
  if (end) return end.durationMs
  if (view.shutdown === undefined) return 0
  const at = link === 'gone' || state === 'stopped' ? view.at : Date.now() - aheadMs
  return Math.max(0, Math.min(view.shutdown.deadlineMs, at - view.shutdown.startedAt))
}

function stillOpen({ inFlight }) {
  return inFlight.count === 0 ? 'Nothing is in flight.' : `${inFlight.count} in flight.`
}

function verdict({ outcome, exitCode, inFlight, cut, lost }) {
  const finished = inFlight.length - cut.length
  const served =
    inFlight.length === 0
      ? 'Nothing was in flight when it came'
      : `${finished} of ${inFlight.length} in flight when it came ${finished === 1 ? 'was' : 'were'} finished`
  const ofBurst = lost === undefined ? '' : `; ${plural(lost, 'request')} of the burst lost`
  return `${served}${cut.length > 0 ? `, ${cut.length} cut` : ''}${ofBurst}. Outcome ${outcome}, exit ${exitCode}.`
}

const percent = (ms, scaleMs) => Math.max(0, Math.min(100, (ms / scaleMs) * 100))

const formatTick = (ms) => `${Number((ms / 1000).toFixed(2))} s`

/** The next of 1, 2, 4, 6, 8, 10 times a power of ten: its quarters are short numbers. */
function niceCeil(ms) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, ms)))
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * power).find((nice) => nice >= ms) ?? ms
}
