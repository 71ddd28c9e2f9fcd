import { type ContainerExit, createProcessRuntime, type RunningContainer } from '@lastcall/kubelet'
import type { DrillPlan } from '../drill/drill-plan.ts'
import { chooseFreePort } from './choose-free-port.ts'
import { listListeningSockets } from './listening-sockets.ts'
import { createMark, MARK_VARIABLE } from './marked-processes.ts'
import { portOf } from './locate.ts'

const LOG_LINES = 200

/** A server that was started. */
export interface DrilledServer {
  readonly name: string
  readonly container: RunningContainer
  readonly pid: number
  /** The `PORT` it was given. */
  readonly givenPort: number
  readonly exit: ContainerExit | undefined
  readonly log: readonly string[]
  /** What every process that it starts carries. */
  readonly mark: string
  /** Sockets that listened before it was started. */
  readonly knownSockets: ReadonlySet<string>
}

/** Starts the command as a platform does: with `PORT`, and what it needs to know the platform by. */
export async function startServer(
  plan: DrillPlan,
  replica = 1,
  env: Readonly<Record<string, string>> = {},
): Promise<DrilledServer> {
  const givenPort = plan.url !== undefined && replica === 1 ? portOf(new URL(plan.url)) : await chooseFreePort()
  const knownSockets = new Set(listListeningSockets()?.map(({ inode }) => inode))
  const mark = createMark()
  const log: string[] = []
  let exit: ContainerExit | undefined
  const [command = '', ...args] = plan.command
  const runtime = createProcessRuntime({
    command,
    args,
    env: {
      [MARK_VARIABLE]: mark,
      ...plan.platformEnv,
      PORT: String(givenPort),
      ...fillIn({ ...plan.env, ...env }, replica, givenPort),
    },
    onOutput(text) {
      log.push(...text.split('\n').filter((line) => line.trim() !== ''))
      log.splice(0, log.length - LOG_LINES)
    },
  })
  const container = await runtime.start({ name: 'server', role: 'main', spec: { name: 'server' }, probes: {} })
  void container.exited.then((how) => (exit = how))
  return {
    ...{ name: `replica-${replica}`, container, pid: container.pid ?? 0, givenPort, log, mark, knownSockets },
    get exit() {
      return exit
    },
  }
}

function fillIn(env: Readonly<Record<string, string>>, replica: number, port: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replaceAll('{replica}', String(replica)).replaceAll('{port}', String(port)),
    ]),
  )
}
