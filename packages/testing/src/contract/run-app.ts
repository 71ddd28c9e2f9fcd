import { Readable } from 'node:stream'
import { createLifecycle, type Lifecycle } from '@lastcall/core'
import { createFakeProcess, type FakeProcess } from '@lastcall/core/testing'
import { onTestFinished } from 'vitest'
import { type EventRecorder, recordEvents } from '../events/record-events.ts'
import { waitUntil } from '../wait-until.ts'
import type { ContractApp, ContractFactory } from './contract-app.ts'
import { type CountingClock, createCountingClock } from './counting-clock.ts'
import { createGate, type Gate } from './gate.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'

/** The header that the app's own authentication asks for. */
export const AUTHORIZED = { authorization: 'contract' }

/** Longer than any test: a lame duck lasts until the test ends it. */
const LAME_DUCK_MS = 90_000
/** Shorter than Node's keepAliveTimeout: a drain that waits for idle connections is cut, and the report says so. */
const DRAIN_TIMEOUT_MS = 3000

/** An app that runs under the contract. */
export interface AppRun {
  readonly app: ContractApp
  readonly lifecycle: Lifecycle
  readonly process: FakeProcess
  readonly clock: CountingClock
  readonly events: EventRecorder
  /** What `/slow` and `/stream` wait for. */
  readonly gate: Gate
  /** A client on a connection of its own. */
  connect(): HttpClient
  /** Has a request wait at the gate; resolves when it does. */
  requestAtGate(path: '/slow' | '/stream', client?: HttpClient): Promise<{ answer: ReturnType<HttpClient['get']> }>
  /** The signal: the first begins the lame duck, the second ends it. */
  signal(): void
}

/** Builds and, unless told otherwise, starts an app; it is gone when the test is over, however that ends. */
export async function runApp(
  factory: ContractFactory,
  options: { lameDuck?: boolean; start?: boolean } = {},
): Promise<AppRun> {
  const process = createFakeProcess()
  const clock = createCountingClock()
  const lameDuckMs = options.lameDuck === false ? 0 : LAME_DUCK_MS
  const lifecycle = createLifecycle({
    ...{ name: 'contract', platform: 'local', process, clock, signals: ['SIGTERM'], logger: silent },
    lameDuck: { minMs: lameDuckMs, quietMs: 0, maxMs: lameDuckMs },
    ...{ gracePeriodMs: 2 * LAME_DUCK_MS, drainTimeoutMs: DRAIN_TIMEOUT_MS },
  })
  const events = recordEvents(lifecycle)
  const gate = createGate()
  const clients: HttpClient[] = []
  let app: ContractApp | undefined
  onTestFinished(async () => {
    gate.open()
    for (const client of clients) client.close()
    // The second ends the lame duck at the latest; what comes after it is bounded.
    for (let signal = 0; signal < 2; signal++) process.kill('SIGTERM')
    await lifecycle.shutdown()
    lifecycle.dispose()
    await app?.close?.().catch(() => {}) // Some frameworks reject a second close.
  })

  const { url } = (app = await factory({
    lifecycle,
    authorize: ({ authorization }) => authorization === AUTHORIZED.authorization,
    routes: [
      { path: '/', answer: async () => 'hello' },
      { path: '/slow', answer: () => gate.pass().then(() => 'slow') },
      { path: '/stream', answer: async () => Readable.from(streamThrough(gate)) },
    ],
  }))
  if (options.start !== false) await lifecycle.start()

  function connect(): HttpClient {
    const client = createHttpClient(url)
    clients.push(client)
    return client
  }

  return {
    ...{ app, lifecycle, process, clock, events, gate, connect },
    async requestAtGate(path, client = connect()) {
      const before = gate.waiting
      const answer = client.get(path, AUTHORIZED)
      answer.catch(() => {}) // Whoever awaits it hears of it; a test that failed before does not.
      await waitUntil(() => gate.waiting > before, { what: `the handler of ${path}` })
      return { answer }
    },
    signal: () => void process.kill('SIGTERM'),
  }
}

const silent = { info() {}, warn() {}, error() {} }

async function* streamThrough(gate: Gate): AsyncGenerator<string> {
  yield 'first '
  await gate.pass()
  yield 'last'
}
