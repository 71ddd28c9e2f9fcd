import type { Component, Lifecycle, LifecycleEvent } from '@lastcall/core'
import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'
import { listenOn } from '../listen.ts'
import { createLiveModel } from './live-model.ts'
import { startLiveServer, type LiveServer } from './live-server.ts'
import { createLiveStreams, formatMessage } from './live-streams.ts'
import { registerPageRoutes } from './page-routes.ts'

const VIEW_INTERVAL_MS = 200
const SAMPLE_INTERVAL_MS = 1000
const LOOK_MS = 25

/** What the page needs. */
export interface PageOptions {
  readonly lifecycle: Lifecycle
  readonly app: FastifyInstance
  readonly database: Database
  readonly config: Pick<Config, 'host' | 'livePort' | 'pageStop'>
}

/** The live page of the service. */
export interface Page {
  readonly component: Component
  /** Says that an order was written here. */
  onCreated(): void
  /** Says that an order was processed here. */
  onProcessed(): void
}

/**
 * Makes the page and its routes. The stream that feeds it is an open response, and a drain waits for every response:
 * on the service's own port it can show the drain at most. So it has a small server of its own as well, which no
 * lifecycle drains and which ends with the shutdown itself: it shows `close` and `flush` too, and the report. Where
 * only the service's port can be reached, the page makes do with `/live` there, which ends last in the drain.
 */
export function createPage({ lifecycle, app, database, config }: PageOptions): Page {
  const model = createLiveModel({ lifecycle, server: app.server, database })
  const streams = createLiveStreams()
  const drained = createLiveStreams()
  let server: LiveServer | undefined
  let timers: NodeJS.Timeout[] = []
  let announced = false

  function open(to: typeof streams, response: ServerResponse, headers?: Readonly<Record<string, string>>): void {
    if (!to.open(response, headers)) return
    response.write(formatMessage('hello', model.hello()) + formatMessage('view', model.view()))
  }

  const send: typeof streams.send = (name, data) => {
    streams.send(name, data)
    drained.send(name, data)
  }

  function sendView(): void {
    announced = false
    if (streams.count + drained.count > 0) send('view', model.view())
  }

  async function sendSample(): Promise<void> {
    send('sample', await model.sample({ isWatched: streams.count + drained.count > 0 }))
  }

  lifecycle.subscribe((event) => {
    if (event.type === 'shutdown:end') {
      const { outcome, exitCode, startedAt, durationMs, deadlineMs, phases, inFlight, cut } = event.report
      sendView()
      streams.send('end', { outcome, exitCode, startedAt, durationMs, deadlineMs, phases, inFlight, cut })
    }
    if (event.type === 'shutdown:end' || event.type === 'lifecycle:dispose') close()
    else if (isShown(event) && !announced) {
      announced = true
      setImmediate(sendView)
    }
  })

  function close(): void {
    for (const timer of timers) clearInterval(timer)
    timers = []
    streams.end()
    drained.end()
    server?.close()
  }

  registerPageRoutes(app, {
    lifecycle,
    stopPolicy: config.pageStop,
    livePort: () => server?.port,
    open: (response) => open(drained, response),
  })

  return {
    component: {
      name: 'page',
      phase: 'drain',
      async start() {
        timers = [
          setInterval(sendView, VIEW_INTERVAL_MS).unref(),
          setInterval(() => void sendSample(), SAMPLE_INTERVAL_MS).unref(),
        ]
        if (config.livePort === undefined) return
        server = await listenOn({ variable: 'LIVE_PORT', port: config.livePort, host: config.host }, (address) =>
          startLiveServer(address, (response, headers) => open(streams, response, headers)),
        )
      },
      async stop({ signal }) {
        while (drained.count > 0 && model.hasOtherWork() && !signal.aborted) await pause(LOOK_MS)
        sendView()
        drained.end()
      },
    },
    onCreated: model.onCreated,
    onProcessed: model.onProcessed,
  }
}

/** What the page shows the moment it happens. */
function isShown({ type }: LifecycleEvent): boolean {
  return /^(state|phase|probe|check:change|shutdown|component:stop|hook)/.test(type)
}
