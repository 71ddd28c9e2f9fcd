import { type Clock, createLifecycle, type Lifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { AttachableServer } from '../src/attachable-server.ts'
import { attachServer, type AttachOptions } from '../src/attach-server.ts'

/** A service as a user would write it, listening on a free port. */
export interface Service {
  readonly lifecycle: Lifecycle
  readonly server: AttachableServer
  readonly port: number
}

/** Longer than any test waits, so that a stall shows; Fastify's is as long. */
const KEEP_ALIVE_MS = 72_000

/** Makes a lifecycle that owns neither signals nor the exit, and has no lame duck unless told to. */
export function createTestLifecycle(options: LifecycleOptions = {}): Lifecycle {
  return createLifecycle({ signals: false, exit: false, platform: 'local', gracePeriodMs: 30_000, ...options })
}

/** Starts a service on `server`. */
export async function serve(
  server: AttachableServer,
  options: { lifecycle?: LifecycleOptions; attach?: AttachOptions; backlog?: number } = {},
): Promise<Service> {
  const lifecycle = createTestLifecycle(options.lifecycle)
  attachServer(lifecycle, server, options.attach)
  await new Promise<void>((resolve) => void server.listen({ port: 0, backlog: options.backlog }, resolve))
  await lifecycle.start()
  onTestFinished(() => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  return { lifecycle, server, port: (server.address() as AddressInfo).port }
}

/** Starts a plain HTTP service that keeps idle connections for longer than any test waits. */
export function serveHttp(listener: RequestListener, options: Parameters<typeof serve>[1] = {}): Promise<Service> {
  return serve(createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener), options)
}

/** The real time, which a test can set forward: what was young is old then, without a wait. It knows its timers. */
export function createShiftedClock(): Clock & { shift(ms: number): void; readonly pending: number } {
  const timers = new Set<unknown>()
  let shiftMs = 0
  return {
    now: () => performance.timeOrigin + performance.now() + shiftMs,
    setTimeout(callback, delayMs) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      timers.add(timer)
      return timer
    },
    clearTimeout(timer) {
      timers.delete(timer)
      clearTimeout(timer as NodeJS.Timeout)
    },
    shift: (ms) => void (shiftMs += ms),
    get pending() {
      return timers.size
    },
  }
}

/** Options for a lame duck that lasts for as long as the test does: its clock stands still. */
export function lasting(): { lifecycle: LifecycleOptions } {
  return { lifecycle: { lameDuck: { minMs: 5000 }, clock: createFakeClock() } }
}

/** A handler that answers when the test says so. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}
