import { LastcallError, PRESETS } from '@lastcall/core'
import type { Profile } from './profile.ts'

const NOTHING_ELSE = {
  minimumGraceMs: 0,
  stopSignal: 'SIGTERM',
  signalTarget: 'leader',
  spreadMs: 0,
  removesEndpointsFirst: false,
  lastEndpointFallback: false,
} as const

/** The profiles. Grace periods and propagation are those of the core's presets; each names the source of the rest. */
export const PROFILES = {
  /**
   * The kubelet gives at least 2 s, whatever `preStop` took. kube-proxy programs a node at most once a second by
   * default (`iptables.minSyncPeriod`), so nodes differ by as much.
   */
  kubernetes: {
    ...NOTHING_ELSE,
    ...timesOf('kubernetes'),
    name: 'kubernetes',
    minimumGraceMs: 2000,
    spreadMs: 1000,
    lastEndpointFallback: true,
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  },
  /** The target is deregistered while the task is `DEACTIVATING`; SIGTERM comes after it, SIGKILL after `stopTimeout`. */
  ecs: {
    ...NOTHING_ELSE,
    ...timesOf('ecs'),
    name: 'ecs',
    removesEndpointsFirst: true,
    docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html',
  },
  /** No request is routed to an instance that is being shut down; SIGTERM, and SIGKILL 10 s later. */
  'cloud-run': {
    ...NOTHING_ELSE,
    ...timesOf('cloud-run'),
    name: 'cloud-run',
    removesEndpointsFirst: true,
    docs: 'https://cloud.google.com/run/docs/container-contract#instance-shutdown',
  },
  /** `docker stop`: the image's STOPSIGNAL to PID 1, SIGKILL after 10 s. */
  docker: {
    ...NOTHING_ELSE,
    ...timesOf('docker'),
    name: 'docker',
    docs: 'https://docs.docker.com/reference/cli/docker/container/stop/',
  },
  /** `KillMode=control-group`: SIGTERM to every process of the unit, SIGKILL after `TimeoutStopSec`. */
  systemd: {
    ...NOTHING_ELSE,
    ...timesOf('systemd'),
    name: 'systemd',
    signalTarget: 'group',
    docs: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.kill.html',
  },
  /** `kill_signal` is SIGINT by default, `kill_timeout` 5 s. */
  nomad: {
    ...NOTHING_ELSE,
    ...timesOf('nomad'),
    name: 'nomad',
    stopSignal: 'SIGINT',
    docs: 'https://developer.hashicorp.com/nomad/docs/job-specification/task#kill_signal',
  },
  /** SIGINT to the process and, with `treekill`, which is on by default, all it started; SIGKILL after `kill_timeout`, 1.6 s. */
  pm2: {
    ...NOTHING_ELSE,
    ...timesOf('pm2'),
    name: 'pm2',
    stopSignal: 'SIGINT',
    signalTarget: 'group',
    docs: 'https://pm2.keymetrics.io/docs/usage/signals-clean-restart/',
  },
} as const satisfies Readonly<Record<string, Profile>>

/** A platform that has a profile. */
export type ProfileName = keyof typeof PROFILES

/** The profile of that name. Throws `LASTCALL_INVALID_OPTION` with the names there are. */
export function resolveProfile(name: string): Profile {
  if (Object.hasOwn(PROFILES, name)) return PROFILES[name as ProfileName]
  const names = Object.keys(PROFILES).join(', ')
  throw new LastcallError('LASTCALL_INVALID_OPTION', `Option profile is '${name}': pass one of ${names}.`)
}

function timesOf(platform: keyof typeof PRESETS): Pick<Profile, 'gracePeriodMs' | 'propagationMs'> {
  const { gracePeriodMs, propagationMs } = PRESETS[platform]
  return { gracePeriodMs, propagationMs }
}
