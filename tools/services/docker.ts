import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A Docker engine, and the command that can build with it. */
export interface Docker {
  readonly command: string
  /** What the command needs to find the engine. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 30_000

/**
 * Finds the engine that the command `docker` speaks to, or, as root where Docker is installed, starts one. That one has
 * no network of its own, so it leaves no bridge and no rule behind. `undefined` where there is no engine.
 */
export async function startDocker(): Promise<Docker | undefined> {
  const command = ['docker', '/usr/bin/docker'].find(canBuild)
  if (command === undefined) return undefined
  if (answers(command, {})) return { command, env: {}, stop: async () => {} }
  return process.getuid?.() === 0 && existsSync('/usr/sbin/dockerd') ? startEngine(command) : undefined
}

/** Whether it builds with BuildKit: by itself up to version 22, from then on with a plugin. */
function canBuild(command: string): boolean {
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  const major = Number(/version (\d+)/.exec(stdout ?? '')?.[1])
  return major < 23 || (major >= 23 && spawnSync(command, ['buildx', 'version']).status === 0)
}

function answers(command: string, env: Docker['env']): boolean {
  return spawnSync(command, ['info'], { env: { ...process.env, ...env }, timeout: 10_000 }).status === 0
}

async function startEngine(command: string): Promise<Docker | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-docker-'))
  const host = `unix://${folder}/socket`
  const places = [
    `--data-root=${folder}/data`,
    `--exec-root=${folder}/exec`,
    `--pidfile=${folder}/pid`,
    `--host=${host}`,
  ]
  const engine = spawn('dockerd', [...places, '--bridge=none', '--iptables=false', '--ip-forward=false'], {
    stdio: 'ignore',
  })
  const ended = once(engine, 'exit')
  async function stop(): Promise<void> {
    engine.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const env = { DOCKER_HOST: host }
  for (const giveUpAt = Date.now() + START_TIMEOUT_MS; Date.now() < giveUpAt; await sleep(100)) {
    if (engine.exitCode !== null) break
    if (answers(command, env)) return { command, env, stop }
  }
  await stop()
  return undefined
}
