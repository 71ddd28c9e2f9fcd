import { setTimeout as pause } from 'node:timers/promises'
import { LastcallError } from '@lastcall/core'
import type { DrillPlan } from '../drill/drill-plan.ts'
import { now } from '../load/now.ts'
import { askStatus, isHealthy } from './ask-status.ts'
import { describeExit } from './describe-exit.ts'
import { locate, portOf, probeUrl } from './locate.ts'
import { speaksHttp2 } from './speaks-http2.ts'
import type { DrilledServer } from './start-server.ts'

const LOOK_MS = 25
/** A server that listens elsewhere first, such as for its probes, has so long to listen on the port that it was given. */
const ELSEWHERE_MS = 1000

/** A server that is ready. */
export interface ReadyServer {
  /** What load is put on. */
  readonly url: URL
  readonly port: number
  /** Processes that listen on the port; empty where the system does not tell. */
  readonly pids: readonly number[]
  /** `http2` where it does not speak HTTP/1. */
  readonly protocol: 'http1' | 'http2'
  /** `undefined` where it has no such probe. */
  readonly readiness: URL | undefined
  readonly liveness: URL | undefined
  /** From the start of the process. */
  readonly readyAfterMs: number
  /** What was found out, in sentences. */
  readonly findings: readonly string[]
}

/**
 * Waits until the server listens and is ready. Rejects with `LASTCALL_START_FAILED` when it ends before, or needs
 * longer than the plan allows.
 */
export async function waitUntilReady(server: DrilledServer, plan: DrillPlan): Promise<ReadyServer> {
  const startedMs = now()
  const deadlineMs = startedMs + plan.startTimeoutMs
  const findings: string[] = []

  async function until<Value>(
    what: string,
    look: () => Value | undefined | Promise<Value | undefined>,
  ): Promise<Value> {
    for (;;) {
      const value = await look()
      if (value !== undefined) return value
      if (server.exit) throw startFailed(`ended before ${what} (${describeExit(server.exit)})`, server.log)
      if (now() >= deadlineMs)
        throw startFailed(`had ${plan.startTimeoutMs} ms, and they were over before ${what}`, server.log)
      await pause(LOOK_MS)
    }
  }

  let elsewhereSince = Infinity
  const { url, pids } = await until('it listened on a port', () => {
    const found = locate(server, plan)
    if (!found || found.given) return found
    elsewhereSince = Math.min(elsewhereSince, now())
    return now() - elsewhereSince >= ELSEWHERE_MS ? found : undefined
  })
  const port = portOf(url)
  if (plan.url === undefined) {
    const given = port === server.givenPort
    findings.push(given ? 'It listens on the PORT it is given.' : `It listens on ${port}, not on the PORT it is given.`)
  }
  const protocol = await until('it answered on its port', async () => {
    if ((await askStatus(url)) !== undefined) return 'http1'
    return (await speaksHttp2(url)) ? 'http2' : undefined
  })

  const probes = { readiness: probeUrl(plan.readiness, url), liveness: probeUrl(plan.liveness, url) }
  const readiness = await until('it was ready', async () => {
    const status = await askStatus(probes.readiness)
    if (status !== undefined && isHealthy(status)) return { has: true }
    const unknown = status === undefined ? protocol === 'http2' : status < 500
    return unknown && plan.readiness.guessed ? { has: false } : undefined
  })
  const liveStatus = await askStatus(probes.liveness)
  const hasLiveness = !plan.liveness.guessed || (liveStatus !== undefined && isHealthy(liveStatus))
  if (!readiness.has) findings.push(`It does not know ${plan.readiness.path}: it is ready when it accepts connections.`)
  if (!hasLiveness) findings.push(`It does not know ${plan.liveness.path}: its liveness is not judged.`)
  return {
    ...{ url, port, pids, findings, protocol, readyAfterMs: now() - startedMs },
    readiness: readiness.has ? probes.readiness : undefined,
    liveness: hasLiveness ? probes.liveness : undefined,
  }
}

function startFailed(what: string, log: readonly string[]): LastcallError {
  const tail = log.slice(-10).join('\n  ')
  return new LastcallError(
    'LASTCALL_START_FAILED',
    `The command ${what}.${tail && `\n  ${tail}`}\nMake it start by itself first, or say with --url where it listens.`,
  )
}
