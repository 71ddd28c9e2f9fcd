/** When the platform routes to the service, as the load sees it. */
export interface Router {
  /** When the signal was sent. */
  readonly signalledAt: number | undefined
  /** Whether a client may open a connection at this time. */
  routesAt(time: number): boolean
  /** The signal was sent now; connections are routed to the service for `afterMs` more. */
  stop(afterMs: number): void
}

/**
 * Models what Kubernetes does to a terminating pod: new connections reach it until the propagation is over. Then no
 * client opens one, but those that are established go on until the service tells them to close: nothing cuts them.
 */
export function createRouter(now: () => number): Router {
  let signalledAt: number | undefined
  let stopsAt = Infinity

  return {
    get signalledAt() {
      return signalledAt
    },
    routesAt: (time) => time < stopsAt,
    stop(afterMs) {
      signalledAt ??= now()
      stopsAt = signalledAt + afterMs
    },
  }
}
