import { evaluateProbe } from './evaluate-probe.ts'
import { parseProbeUrl } from './parse-probe-url.ts'
import type { Details, ProbeAnswer, ProbePaths, ProbeRequest } from './probe.ts'
import { renderHealthJson } from './render-health-json.ts'
import { renderText } from './render-text.ts'
import type { ProbeSnapshot } from './snapshot.ts'

/** How a probe endpoint answers. */
export interface AnswerOptions {
  /** The time on the lifecycle's clock, to tell a result that is too old. */
  readonly now: number
  /** @default { liveness: '/livez', readiness: '/readyz', startup: '/startupz' } */
  readonly paths?: ProbePaths
  /** @default 'never' */
  readonly details?: Details
}

const BASE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const TEXT = 'text/plain; charset=utf-8'

/**
 * The answer to a request, from memory; `undefined` when it asks for no probe. 200 for pass and warn, 503 for
 * fail, 404 for a check that is not there, 405 for a method other than GET and HEAD.
 */
export function answerProbe(
  snapshot: ProbeSnapshot,
  request: ProbeRequest,
  options: AnswerOptions,
): ProbeAnswer | undefined {
  const asked = parseProbeUrl(request.url, options.paths)
  if (!asked) return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answer(request, 405, TEXT, 'method not allowed: use GET or HEAD\n', { allow: 'GET, HEAD' })
  }
  const all = evaluateProbe(snapshot, asked.kind, options.now)
  const known = all.checks.map(({ name }) => name)
  if (asked.check !== undefined && !known.includes(asked.check)) {
    return answer(request, 404, TEXT, 'no such check in this probe\n')
  }
  const exclude = asked.check === undefined ? asked.exclude : known.filter((name) => name !== asked.check)
  const result = exclude.length === 0 ? all : evaluateProbe(snapshot, asked.kind, options.now, exclude)
  const status = result.status === 'fail' ? 503 : 200
  const shown = showsDetails(options.details ?? 'never', request)
  if (!wantsText(request, asked.verbose)) {
    return answer(request, status, 'application/health+json', renderHealthJson(result, snapshot.service, shown))
  }
  // As the kube-apiserver does: one word when all is well, every check when not.
  if (!asked.verbose && result.status === 'pass') return answer(request, status, TEXT, 'ok')
  const asExcluded = asked.check === undefined ? asked.exclude : []
  const unknown = asExcluded.filter((name) => !known.includes(name))
  return answer(request, status, TEXT, renderText(result, asExcluded, unknown, shown))
}

function answer(
  { method }: ProbeRequest,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): ProbeAnswer {
  return { status, headers: { 'content-type': type, ...BASE_HEADERS, ...headers }, body: method === 'HEAD' ? '' : body }
}

function wantsText({ headers }: ProbeRequest, verbose: boolean): boolean {
  const accept = String(headers.accept ?? '')
  if (accept.includes('json')) return false
  return verbose || accept.includes('text/plain')
}

function showsDetails(details: Details, request: ProbeRequest): boolean {
  if (typeof details !== 'function') return details === 'always'
  try {
    // A promise is truthy: where types are absent, an async predicate must not show everything to everyone.
    return details(request) === true
  } catch {
    // A predicate that fails must neither break the probe nor show anything.
    return false
  }
}
