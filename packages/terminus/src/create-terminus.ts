import { PROBE_PATHS, type ProbeKind, type ProbePaths } from '@lastcall/core'
import { type AttachableServer, attachServer } from '@lastcall/http'
import { addHooks } from './add-hooks.ts'
import { answerHealthChecks } from './health/answer-health-checks.ts'
import type { TerminusOptions } from './options.ts'
import { resolveLifecycle } from './resolve-lifecycle.ts'

/**
 * Answers health checks on a server and stops it on a signal, as `createTerminus` of `@godaddy/terminus` does: the
 * same options, bodies, order of hooks and exits. Call it before the server has connections. Returns the server.
 * Throws `LASTCALL_ALREADY_ATTACHED`, `LASTCALL_INVALID_OPTION`, and with `lifecycle` what `createLifecycle` throws.
 */
export function createTerminus<Server>(server: Server, options: TerminusOptions = {}): Server {
  const attachable = server as AttachableServer
  const lifecycle = resolveLifecycle(options)
  answerHealthChecks(attachable, lifecycle, options)
  attachServer(lifecycle, attachable, { probes: options.lifecycle ? freeProbePaths(options) : false })
  addHooks(lifecycle, options)
  return server
}

/** Where the user has a health check, there is no probe: it would keep requests from the check. */
function freeProbePaths({ healthChecks = {} }: TerminusOptions): ProbePaths {
  const taken = Object.keys(healthChecks)
  const isTaken = (path: string) => taken.some((key) => key === path || key.startsWith(`${path}/`))
  const kinds = Object.keys(PROBE_PATHS) as ProbeKind[]
  return Object.fromEntries(kinds.filter((kind) => isTaken(PROBE_PATHS[kind])).map((kind) => [kind, false]))
}
