import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { LastcallError } from '@lastcall/core'
import { type ContainerExit, createProcessRuntime, type RunningContainer } from '@lastcall/kubelet'
import type { DrillPlan } from '../drill/drill-plan.ts'
import { now } from '../load/now.ts'
import { askStatus, isHealthy } from './ask-status.ts'
import { findListening } from './find-listening.ts'
import { listListeningSockets } from './listening-sockets.ts'
import { speaksHttp2 } from './speaks-http2.ts'

const LOG_LINES = 200
const LOOK_MS = 25
/** A server that listens elsewhere first, such as for its probes, has so long to listen on the port that it was given. */
const ELSEWHERE_MS = 1000

/** A server that was started. */
export interface DrilledServer {
  readonly name: string
  readonly container: RunningContainer
  readonly pid: number
  /** The `PORT` it was given. */
  readonly givenPort: number
  readonly exit: ContainerExit | undefined
  readonly log: readonly string[]
  /** Sockets that listened before it was started. */
  readonly knownSockets: ReadonlySet<string>
}

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

/** Starts the command as a platform does: with `PORT`, and what it needs to know the platform by. */
export async function startServer(
  plan: DrillPlan,
  replica = 1,
  env: Readonly<Record<string, string>> = {},
): Promise<DrilledServer> {
  const givenPort = plan.url !== undefined && replica === 1 ? portOf(new URL(plan.url)) : await findFreePort()
  const knownSockets = new Set(listListeningSockets()?.map(({ inode }) => inode))
  const log: string[] = []
  let exit: ContainerExit | undefined
  const [command = '', ...args] = plan.command
  const runtime = createProcessRuntime({
    command,
    args,
    env: { ...plan.platformEnv, PORT: String(givenPort), ...fillIn({ ...plan.env, ...env }, replica, givenPort) },
    onOutput(text) {
      log.push(...text.split('\n').filter((line) => line.trim() !== ''))
      log.splice(0, log.length - LOG_LINES)
    },
  })
  const container = await runtime.start({ name: 'server', role: 'main', spec: { name: 'server' }, probes: {} })
  void container.exited.then((how) => (exit = how))
  return {
    ...{ name: `replica-${replica}`, container, pid: container.pid ?? 0, givenPort, log, knownSockets },
    get exit() {
      return exit
    },
  }
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
        throw startFailed(`was not there within ${plan.startTimeoutMs} ms: no ${what}`, server.log)
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
    const unknown = status === 404 || (status === undefined && protocol === 'http2')
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

/** What it listens on: the address that was given, or the given port, or else its lowest. */
export function locate(
  server: DrilledServer,
  plan: DrillPlan,
): { url: URL; pids: readonly number[]; given: boolean } | undefined {
  const listening = findListening(server.pid, server.knownSockets)
  const url = new URL(plan.url ?? `http://127.0.0.1:${server.givenPort}/`)
  const found = listening?.find(({ port }) => port === portOf(url))
  // Where the system does not tell, it is asked whether it answers.
  if (found || !listening) return { url, pids: found?.pids ?? [], given: true }
  const [other] = listening
  if (plan.url !== undefined || !other) return undefined
  return { url: new URL(`http://127.0.0.1:${other.port}/`), pids: other.pids, given: false }
}

/** Where a probe is asked. */
export function probeUrl({ path, port }: DrillPlan['readiness'], url: URL): URL {
  const probe = new URL(path, url)
  if (port !== undefined) probe.port = String(port)
  return probe
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

function fillIn(env: Readonly<Record<string, string>>, replica: number, port: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replaceAll('{replica}', String(replica)).replaceAll('{port}', String(port)),
    ]),
  )
}

/** How a process ended, in words. */
export function describeExit({ code, signal }: ContainerExit): string {
  return signal === null ? `exit code ${code}` : signal
}

function startFailed(what: string, log: readonly string[]): LastcallError {
  const tail = log.slice(-10).join('\n  ')
  return new LastcallError(
    'LASTCALL_START_FAILED',
    `The command ${what}.${tail && `\n  ${tail}`}\nMake it start by itself first, or say with --url where it listens.`,
  )
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
