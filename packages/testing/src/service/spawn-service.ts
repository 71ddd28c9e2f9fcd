import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { LastcallError } from '@lastcall/core'
import { findFreePort } from './find-free-port.ts'
import { getStatus } from './get-status.ts'
import type { Output } from './output.ts'
import { ownProcessGroup } from './process-group.ts'
import type { Service, ServiceOptions } from './service.ts'
import { watchChild } from './watch-child.ts'

const READY_INTERVAL_MS = 25
const PROBE_TIMEOUT_MS = 1000

/**
 * Starts a service as a real process in a process group of its own and waits until it is ready. Nothing in that group
 * outlives the service's disposal (`await using`), nor the process that runs the test, however that one ends.
 * Rejects with `LASTCALL_START_FAILED` when it ends before it is ready, with `LASTCALL_TIMEOUT` when it takes too long.
 */
export async function spawnService(options: ServiceOptions): Promise<Service> {
  const { command = process.execPath, args, cwd } = options
  const label = `Service "${[command, ...args].join(' ')}"`
  const port = options.env?.PORT ?? String(await findFreePort())
  const env = { ...process.env, ...options.env, PORT: port }
  const child = spawn(command, args, { ...(cwd && { cwd }), env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid === undefined) {
    const [cause] = (await once(child, 'error')) as [Error]
    throw new LastcallError(
      'LASTCALL_START_FAILED',
      `${label} cannot be spawned: ${cause.message}. Check command and cwd.`,
      { cause },
    )
  }
  // Before anything else happens to this process: from here on the group ends with it.
  const group = ownProcessGroup(child)
  const watch = watchChild(child, label)
  let url = ''

  const service: Service = {
    pid: child.pid,
    get url() {
      return url
    },
    get stdout() {
      return watch.output.stdout
    },
    get stderr() {
      return watch.output.stderr
    },
    signal(name, target = 'process') {
      if (target === 'group') group.signal(name)
      else child.kill(name)
    },
    waitForLine: (pattern, { timeoutMs = 10_000 } = {}) =>
      watch.waitFor(
        () => `a line that matches ${pattern}`,
        timeoutMs,
        (signal) => watch.output.find((line) => line.match(pattern) ?? undefined, signal),
      ),
    async waitForExit({ timeoutMs } = {}) {
      if (timeoutMs === undefined) return watch.ended
      const late = pause(timeoutMs, undefined, { ref: false }).then(() => {
        throw new LastcallError(
          'LASTCALL_TIMEOUT',
          `${label} has not ended within ${timeoutMs} ms. Its last output:\n${watch.output.tail()}`,
        )
      })
      return Promise.race([watch.ended, late])
    },
    processes: group.members,
    async kill() {
      await group.kill()
      await watch.ended
    },
    [Symbol.asyncDispose]: () => service.kill(),
  }

  try {
    let what = 'printing its address'
    await watch.waitFor(
      () => what,
      options.readyTimeoutMs ?? 30_000,
      async (signal) => {
        url = await findUrl(options.url ?? `http://127.0.0.1:${port}`, watch.output, signal)
        await pollReady(service, options, signal, (status) => (what = `being ready (${status})`))
      },
    )
    return service
  } catch (error) {
    await service.kill()
    throw error
  }
}

async function findUrl(url: NonNullable<ServiceOptions['url']>, output: Output, signal: AbortSignal): Promise<string> {
  const pick = (line: string): string | undefined => {
    if (typeof url === 'function') return url(line)
    const match = url instanceof RegExp ? line.match(url) : undefined
    return match?.[1] ?? match?.[0]
  }
  const found = typeof url === 'string' ? url : await output.find(pick, signal)
  return found.replace(/\/$/, '')
}

async function pollReady(
  service: Service,
  options: ServiceOptions,
  signal: AbortSignal,
  tell: (status: string) => void,
): Promise<void> {
  const { ready = '/readyz', tls } = options
  if (ready === false) return
  while (!signal.aborted) {
    const answer =
      typeof ready === 'function'
        ? await ready(service)
        : await getStatus(`${service.url}${ready}`, tls, PROBE_TIMEOUT_MS)
    if (answer === true || answer === 200) return
    tell(typeof ready === 'function' ? 'its function says no' : `${service.url}${ready} answered ${answer}`)
    await pause(READY_INTERVAL_MS)
  }
  throw signal.reason
}
