import { App } from './app.js'
import { createBurst } from './burst.js'
import { connectLive } from './connect-live.js'
import { html, render } from './htm.js'

const HISTORY_SIZE = 120
const LAST_SHUTDOWN = 'last-shutdown'

/** Everything the page shows is a function of this. */
const model = {
  /** `connecting`, `live`, or `gone`. */
  link: 'connecting',
  hello: undefined,
  view: undefined,
  samples: [],
  /** The report, once the shutdown is over. */
  end: undefined,
  /** The stream on the service's own port can show the drain at most. */
  isFull: true,
  /** How far this machine's clock is ahead of the service's, at most, in milliseconds. */
  aheadMs: Infinity,
  mayStop: document.documentElement.dataset.mayStop === 'true',
  isStopping: false,
  last: readLast(),
}

const burst = createBurst(model, draw)

const listeners = {
  hello(hello) {
    Object.assign(model, { hello, samples: hello.history, link: 'live' })
  },
  view(view) {
    model.view = view
    model.aheadMs = Math.min(model.aheadMs, Date.now() - view.at)
  },
  sample(sample) {
    model.samples = [...model.samples, sample].slice(-HISTORY_SIZE)
  },
  end(report) {
    model.end = report
    keepLast({ ...report, at: Date.now(), lost: burst.counts.sent > 0 ? burst.counts.lost : undefined })
  },
}

async function stop() {
  model.isStopping = true
  draw()
  try {
    const headers = { 'content-type': 'application/json' }
    const { ok } = await fetch('/page/stop', { method: 'POST', headers, body: '{}' })
    model.isStopping = ok
  } catch {
    model.isStopping = false
  }
  draw()
}

function draw() {
  render(html`<${App} model=${model} counts=${burst.counts} onBurst=${burst.start} onStop=${stop} />`, root)
}

/** The report outlives the reload that brings the page back to life after a restart. */
function readLast() {
  try {
    return JSON.parse(sessionStorage.getItem(LAST_SHUTDOWN) ?? 'null')
  } catch {
    return null
  }
}

function keepLast(last) {
  try {
    sessionStorage.setItem(LAST_SHUTDOWN, JSON.stringify(last))
  } catch {
    // A browser that keeps nothing shows the report all the same, until it is reloaded.
  }
}

const root = document.getElementById('page')
root.replaceChildren()
connectLive({
  port: document.documentElement.dataset.livePort,
  onMessage(name, data) {
    listeners[name](data)
    draw()
  },
  onFull(isFull) {
    model.isFull = isFull
  },
  onGone() {
    model.link = 'gone'
    burst.stop()
    draw()
  },
})
draw()
// Between two messages time goes on: the bar of the phase that runs, and its age.
setInterval(() => {
  if (model.view?.shutdown && model.link === 'live') draw()
}, 50)
