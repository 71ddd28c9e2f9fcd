import type { ProcessPort } from '../ports/process.ts'
import type { PlatformName } from './presets.ts'

/** Variables that a platform sets for every process it runs; the first that is there decides. */
const MARKS: readonly (readonly [variable: string, platform: PlatformName])[] = [
  ['KUBERNETES_SERVICE_HOST', 'kubernetes'],
  ['K_SERVICE', 'cloud-run'],
  ['ECS_CONTAINER_METADATA_URI_V4', 'ecs'],
  ['FLY_APP_NAME', 'fly'],
  ['DYNO', 'heroku'],
  ['RENDER', 'render'],
  ['NOMAD_ALLOC_ID', 'nomad'],
  ['pm_id', 'pm2'],
  ['NOTIFY_SOCKET', 'systemd'],
]

/** Tells where the process runs; `local` when nothing says otherwise. */
export function detectPlatform(process: ProcessPort): PlatformName {
  const mark = MARKS.find(([variable]) => process.env[variable] !== undefined)
  if (mark) return mark[1]
  // systemd sets both for its services; a terminal started by a desktop inherits the first alone.
  if (process.env.INVOCATION_ID !== undefined && process.env.JOURNAL_STREAM !== undefined && !process.interactive)
    return 'systemd'
  return process.fileExists('/.dockerenv') ? 'docker' : 'local'
}
