import type { Lifecycle } from '@lastcall/core'
import type { AttachableServer } from '@lastcall/http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { SHUTDOWN_FAILED } from '../add-hooks.ts'
import type { HealthCheck, TerminusOptions } from '../options.ts'
import { interceptRequests } from './intercept-requests.ts'
import { createRenderer, type HealthAnswer } from './render-health.ts'
import { CHECK_FAILED, createRunner } from './run-health-check.ts'

const ALLOWED = 'GET, HEAD, OPTIONS'

/** Answers the health checks of the options on a server, before all of its listeners, those that come later too. */
export function answerHealthChecks(server: AttachableServer, lifecycle: Lifecycle, options: TerminusOptions): void {
  const { healthChecks = {}, sendFailuresDuringShutdown = true, onSendFailureDuringShutdown, logger } = options
  const { headers = {}, caseInsensitive = false } = options
  const findCheck = createFinder(healthChecks, caseInsensitive)
  const renderer = createRenderer(options)
  const state = {
    get isShuttingDown() {
      return lifecycle.draining.aborted
    },
  }
  const run = createRunner(lifecycle.clock, renderer, logger)

  async function answerShuttingDown(): Promise<HealthAnswer> {
    try {
      await onSendFailureDuringShutdown?.()
    } catch (error) {
      logger?.(SHUTDOWN_FAILED, error as Error)
    }
    return renderer.failure(undefined)
  }

  async function answer(check: HealthCheck, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method } = request
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(method === 'OPTIONS' ? 204 : 405, { Allow: ALLOWED, ...headers }).end()
      return
    }
    const isFailing = state.isShuttingDown && sendFailuresDuringShutdown
    const { status, body } = await (isFailing ? answerShuttingDown() : run(check, { state }))
    response.setHeader('Content-Type', 'application/json')
    response.writeHead(status, headers)
    response.end(body)
  }

  interceptRequests(server, (request, response) => {
    const check = findCheck(request.url ?? '')
    if (!check) return false
    // Whatever is wrong with a health check, it ends no process.
    answer(check, request, response).catch((error: unknown) => {
      logger?.(CHECK_FAILED, error as Error)
      response.destroy()
    })
    return true
  })
}

/** Finds the check of a request: its path counts, or path and query where a check has both. */
function createFinder(healthChecks: object, caseInsensitive: boolean): (url: string) => HealthCheck | undefined {
  const fold = (text: string) => (caseInsensitive ? text.toLowerCase() : text)
  const checks = caseInsensitive
    ? Object.fromEntries(Object.entries(healthChecks).map(([path, check]) => [fold(path), check]))
    : healthChecks
  const find = (path: string): unknown => (Object.hasOwn(checks, path) ? Reflect.get(checks, path) : undefined)
  return (url) => {
    const asked = fold(url)
    const check = find(asked) ?? find(asked.split('?', 1)[0] ?? '')
    return typeof check === 'function' ? (check as HealthCheck) : undefined
  }
}
