import { spawnSync } from 'node:child_process'

/** The command that runs another one as PID 1 of its own namespace, as in a container. */
export const AS_PID_1 = ['unshare', '--pid', '--fork', '--mount-proc'] as const

/** Why this machine cannot do that, or `undefined` when it can. */
export function whyNoPidNamespace(): string | undefined {
  const [command, ...args] = AS_PID_1
  const { status, error, stderr } = spawnSync(command, [...args, 'true'], { encoding: 'utf8' })
  if (status === 0) return undefined
  return error?.message ?? stderr.trim().split('\n')[0] ?? `unshare ended with ${status}`
}
