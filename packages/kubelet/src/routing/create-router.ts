import type { Clock } from '@lastcall/core'
import { chooseEndpoints } from './choose-endpoints.ts'
import type { EndpointConditions } from './endpoint-conditions.ts'

/** What makes a router. */
export interface RouterOptions {
  readonly clock: Clock
  /** From a change of an endpoint until this router acts on it. @default 0 */
  readonly propagationMs?: number
  /** How far this router's own delay may lie from `propagationMs`, to either side; drawn once. @default 0 */
  readonly spreadMs?: number
  /** Terminating endpoints that serve get new connections where no endpoint is ready (KEP-1669). @default true */
  readonly lastEndpointFallback?: boolean
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number
}

/** What a router watches of a pod. */
export interface RoutedPod {
  readonly name: string
  /** `undefined` once the pod is gone. */
  readonly endpoint: EndpointConditions | undefined
  /** Calls back when `endpoint` has changed; gives what ends that. */
  onEndpointChange(listener: () => void): () => void
}

/** One place that routes, such as kube-proxy on one node. It acts on changes late, and in their order. */
export interface Router {
  /** This router's own delay. */
  readonly delayMs: number
  /** Follows a pod until the function it gives is called. */
  watch(pod: RoutedPod): () => void
  /** Tells it by hand what a pod's endpoint has become; `undefined` for a pod that is gone. */
  update(pod: string, endpoint: EndpointConditions | undefined): void
  /**
   * Who may get new connections at this moment: the endpoints that are ready and not terminating; where there is none,
   * those that are serving and terminating (KEP-1669). So the last pod of a service is routed to for as long as it
   * serves: give `update` the other replicas where there are some.
   */
  endpoints(): readonly string[]
  /** Whether a new connection to this pod is in the router's right at this moment. */
  mayConnect(pod: string): boolean
  /**
   * When the last new connection could come: a time past, or to come where the change is on its way; `Infinity` while
   * no end is known; `undefined` for a pod that has never been routed to.
   */
  routedUntil(pod: string): number | undefined
  /** Opens a connection, to each endpoint in turn; `undefined` where there is none. */
  connect(): RoutedConnection | undefined
  /** Forgets every pod and every change on its way. */
  dispose(): void
}

/** An established connection. No change of an endpoint ends it: the server does, or its client. */
export interface RoutedConnection {
  readonly pod: string
  readonly openedAt: number
  /** Until `end` is called. */
  readonly open: boolean
  end(): void
}

interface Change {
  readonly pod: string
  readonly endpoint: EndpointConditions | undefined
  readonly at: number
}

/** Makes a router. */
export function createRouter(options: RouterOptions): Router {
  const { clock, propagationMs = 0, spreadMs = 0, lastEndpointFallback = true, random = Math.random } = options
  const delayMs = Math.max(0, propagationMs + (random() * 2 - 1) * spreadMs)
  const known = new Map<string, EndpointConditions>()
  const endedAt = new Map<string, number>()
  const unwatch = new Set<() => void>()
  let underway: Change[] = []
  let turn = 0

  const chosen = (endpoints: ReadonlyMap<string, EndpointConditions> = known) =>
    chooseEndpoints(endpoints, lastEndpointFallback)

  /** Takes in the changes whose time has come: at the times they came, whenever it is asked. */
  function catchUp(): void {
    while (underway[0] && underway[0].at <= clock.now())
      apply(known, underway.shift() as Change, (pod, at) => endedAt.set(pod, at))
  }

  function apply(
    endpoints: Map<string, EndpointConditions>,
    { pod, endpoint, at }: Change,
    onEnd: (pod: string, at: number) => void,
  ): void {
    const before = chosen(endpoints)
    if (endpoint) endpoints.set(pod, endpoint)
    else endpoints.delete(pod)
    const after = new Set(chosen(endpoints))
    for (const name of before) if (!after.has(name)) onEnd(name, at)
  }

  const router: Router = {
    delayMs,
    watch(pod) {
      const tell = () => router.update(pod.name, pod.endpoint)
      tell()
      const stop = pod.onEndpointChange(tell)
      unwatch.add(stop)
      return () => {
        unwatch.delete(stop)
        stop()
      }
    },
    update(pod, endpoint) {
      underway.push({ pod, endpoint, at: clock.now() + delayMs })
    },
    endpoints() {
      catchUp()
      return chosen()
    },
    mayConnect: (pod) => router.endpoints().includes(pod),
    routedUntil(pod) {
      if (!router.mayConnect(pod)) return endedAt.get(pod)
      const ahead = new Map(known)
      let until = Infinity
      for (const change of underway) apply(ahead, change, (name, at) => name === pod && (until = Math.min(until, at)))
      return until
    },
    connect() {
      const pods = router.endpoints()
      const pod = pods[turn++ % pods.length]
      if (pod === undefined) return undefined
      let open = true
      return {
        pod,
        openedAt: clock.now(),
        get open() {
          return open
        },
        end: () => void (open = false),
      }
    },
    dispose() {
      for (const stop of unwatch) stop()
      for (const forget of [unwatch, known, endedAt]) forget.clear()
      underway = []
    },
  }
  return router
}
