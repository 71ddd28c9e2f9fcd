const BURST_MS = 10_000
const MAX_ORDERS = 240
const EXPORT_MS = 4000
/** What the lanes below come to, at most. */
const MAX_ORDERS_PER_SECOND = 30
/** The share of the lame duck in which requests still come: the propagation is shorter than the lame duck. */
const ROUTED_SHARE = 0.8

const CUSTOMERS = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan', 'Radia', 'Donald', 'Frances']
const SKUS = ['tea', 'coffee', 'stout', 'lemonade', 'cider', 'mead']

/**
 * Sends real requests to the service, a few at a time and for a while: quick orders, orders that wait for the worker,
 * and slow exports. Like a router, it goes on for a part of the lame duck, and then sends nothing more.
 */
export function createBurst(model, onChange) {
  let counts = { sent: 0, answered: 0, refused: 0, lost: 0, isRunning: false }
  let startedAt = 0
  let orders = 0
  const leaving = new AbortController()

  function count(changes) {
    counts = { ...counts, ...changes }
    onChange()
  }

  function isOver() {
    if (leaving.signal.aborted || Date.now() >= startedAt + BURST_MS) return true
    const { shutdown } = model.view
    if (shutdown === undefined) return model.isStopping && model.hello.lameDuckMs === 0
    return Date.now() - model.aheadMs - shutdown.startedAt > model.hello.lameDuckMs * ROUTED_SHARE
  }

  async function send(path, init) {
    const sentAt = Date.now()
    count({ sent: counts.sent + 1 })
    try {
      const response = await fetch(path, { ...init, cache: 'no-store' })
      // To its last byte: a body that is cut is a loss as well.
      for await (const _ of chunksOf(response)) onChange()
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}`)
      count({ answered: counts.answered + 1 })
    } catch {
      await settle()
      const isLate = sentAt - model.aheadMs >= drainBegan()
      count(isLate ? { refused: counts.refused + 1 } : { lost: counts.lost + 1 })
    }
  }

  /** What fails at the edge of the drain is judged once the page has heard of the drain. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 500))

  function drainBegan() {
    const { shutdown } = model.view
    const drain = shutdown?.phases.find(({ phase }) => phase === 'drain')
    return drain ? shutdown.startedAt + drain.startedMs : Infinity
  }

  async function lane(next, pauseMs) {
    while (!isOver()) {
      await next()
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }

  async function order(query = '') {
    orders += 1
    if (orders > MAX_ORDERS) return
    const items = [{ sku: pick(SKUS), quantity: 1 + (orders % 3), priceCents: 250 + 50 * (orders % 9) }]
    await send(`/orders${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer: pick(CUSTOMERS), items }),
    })
  }

  /** So slow that it takes a few seconds, and quick enough to catch up with the orders that this burst adds. */
  function slowExport() {
    const rows = model.view.orders.newest ?? 0
    const perSecond = Math.ceil((rows * 1000) / EXPORT_MS) + MAX_ORDERS_PER_SECOND
    return send(`/orders/export?perSecond=${Math.min(10_000, perSecond)}`)
  }

  return {
    get counts() {
      return counts
    },
    async start() {
      if (counts.isRunning) return
      startedAt = Date.now()
      orders = 0
      count({ isRunning: true })
      // Six in all is what a browser has connections for, and one is kept for the page.
      await Promise.all([
        lane(order, 60),
        lane(order, 60),
        lane(() => order('?wait=processed'), 100),
        lane(slowExport, 400),
        lane(slowExport, 900),
      ])
      count({ isRunning: false })
    },
    stop() {
      leaving.abort()
    },
  }
}

async function* chunksOf(response) {
  const reader = response.body?.getReader()
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true }
    if (done) return
    yield value
  }
}

const pick = (list) => list[Math.floor(Math.random() * list.length)]
