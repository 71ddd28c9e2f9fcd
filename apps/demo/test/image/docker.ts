import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The command `docker`, where `npm run test:services` has found an engine. */
export const { LASTCALL_DOCKER: DOCKER } = process.env

/** What a container is, as far as the specs look at it. */
export interface ContainerState {
  readonly Status: string
  readonly ExitCode: number
  readonly Health?: { readonly Status: string; readonly Log: readonly { readonly Output: string }[] }
}

/** Runs `docker` and gives what it printed. Rejects, with what it said, when it fails. */
export async function docker(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, DOCKER_BUILDKIT: '1' }
  const { stdout, stderr } = await run(DOCKER ?? 'docker', args, { env, maxBuffer: 64 * 1024 * 1024 })
  // A container's own stderr: `docker logs` hands it on.
  return args[0] === 'logs' ? stdout + stderr : stdout.trim()
}

/** One field of an image or a container. */
export async function inspect<Field>(id: string, field: string): Promise<Field> {
  return JSON.parse(await docker('inspect', '--format', `{{json .${field}}}`, id)) as Field
}
