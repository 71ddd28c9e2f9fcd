import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CrossingKind, Endpoint, LoadPlan } from './load-plan.ts'
import type { LoadNews, LoadOrder } from './messages.ts'
import type { Recording } from './request-record.ts'

/** A load that runs in a process of its own. */
export interface Load {
  /** Resolves when it is under way. */
  readonly started: Promise<void>
  /** What has ended so far. */
  readonly recording: Recording
  readonly inFlight: number
  /** Calls back whenever there is something new. */
  follow(listener: () => void): void
  /** Another replica gets its share. */
  route(endpoint: Endpoint): void
  /** The platform began at `fromMs` to stop routing to a replica. */
  unroute(endpoint: string, fromMs: number, propagationMs: number, spreadMs: number): void
  /** Begins what is to be going on at the signal. */
  cross(kind: CrossingKind, clients: number): void
  /** Ends it. Resolves with everything it saw. */
  stop(): Promise<FinishedLoad>
}

/** What a load that has ended saw. */
export interface FinishedLoad extends Recording {
  /** Requests that failed on this side. */
  readonly unsent: number
  readonly unsentError?: string
}

/** Starts a load. */
export function startLoad(plan: LoadPlan): Load {
  const child = forkLoad()
  const recording = {
    requests: [] as Recording['requests'][number][],
    connections: [] as Recording['connections'][number][],
  }
  let inFlight = 0
  let onNews = (): void => {}
  let stopped: Promise<FinishedLoad> | undefined
  let finished: Extract<LoadNews, { type: 'finished' }> | undefined

  const started = once(child, 'message').then(() => {})
  started.catch(() => {}) // A load that crashes is told of by `stop`.
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', (news: LoadNews) => {
    if (news.type === 'finished') {
      finished = news
      child.disconnect()
    } else {
      recording.requests.push(...news.recording.requests)
      recording.connections.push(...news.recording.connections)
      inFlight = news.inFlight
      onNews()
    }
  })
  const order = (message: LoadOrder): void => void (child.connected && child.send(message))
  order({ type: 'start', plan })

  async function stop(): Promise<FinishedLoad> {
    order({ type: 'stop' })
    await ended
    if (!finished) throw new Error('The process of the load has crashed. What it said is above.')
    const { unsent, unsentError } = finished
    return { ...recording, unsent, ...(unsentError !== undefined && { unsentError }) }
  }

  return {
    started: Promise.race([started, ended]),
    recording,
    get inFlight() {
      return inFlight
    },
    follow: (listener) => void (onNews = listener),
    route: (endpoint) => order({ type: 'route', endpoint }),
    unroute: (endpoint, fromMs, propagationMs, spreadMs) =>
      order({ type: 'unroute', endpoint, fromMs, propagationMs, spreadMs }),
    cross: (kind, clients) => order({ type: 'cross', kind, clients }),
    stop: () => (stopped ??= stop()),
  }
}

/** The entry lies beside this file in the sources, and beside the bundle. */
function forkLoad(): ChildProcess {
  const source = fileURLToPath(new URL('./load-main.ts', import.meta.url))
  const entry = existsSync(source) ? source : fileURLToPath(new URL('./load.js', import.meta.url))
  return fork(entry, [String(process.pid)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}
