/** What a platform does by default; times in milliseconds. */
export interface PlatformPreset {
  /** From the stop signal to the kill. */
  readonly gracePeriodMs: number
  /** How long new connections may still arrive after the signal. */
  readonly propagationMs: number
  /** How long a load balancer keeps an idle connection to reuse; `undefined` where there is none to race. */
  readonly idleTimeoutMs?: number
}

/**
 * The presets. Kubernetes sends SIGKILL after `terminationGracePeriodSeconds`, 30 by default
 * (kubernetes.io, "Pod Lifecycle"); how long routing goes on depends on what routes.
 */
export const PRESETS = {
  /** No orchestrator: nobody routes, and 10 s is what `docker stop` and compose allow. */
  local: { gracePeriodMs: 10_000, propagationMs: 0 },
  /** kube-proxy inside a cluster: programmed within about 2 s. */
  kubernetes: { gracePeriodMs: 30_000, propagationMs: 5_000 },
  /** Keep-alive to upstreams is 60 s by default. */
  'ingress-nginx': { gracePeriodMs: 30_000, propagationMs: 10_000, idleTimeoutMs: 60_000 },
  /** Idle connections to backends are kept for 90 s. */
  traefik: { gracePeriodMs: 30_000, propagationMs: 20_000, idleTimeoutMs: 90_000 },
  /** ALB: 60 s idle timeout; target deregistration is slow to spread. */
  'aws-lbc': { gracePeriodMs: 30_000, propagationMs: 60_000, idleTimeoutMs: 60_000 },
  agic: { gracePeriodMs: 30_000, propagationMs: 45_000 },
  /** Google's load balancers keep idle connections for 600 s. */
  'gke-neg': { gracePeriodMs: 30_000, propagationMs: 90_000, idleTimeoutMs: 600_000 },
  /** The target is deregistered before the signal; `stopTimeout` is 30 s. */
  ecs: { gracePeriodMs: 30_000, propagationMs: 5_000, idleTimeoutMs: 60_000 },
  /** Requests stop before the signal; 10 s to the kill. */
  'cloud-run': { gracePeriodMs: 10_000, propagationMs: 0 },
  docker: { gracePeriodMs: 10_000, propagationMs: 0 },
  systemd: { gracePeriodMs: 90_000, propagationMs: 0 },
  nomad: { gracePeriodMs: 5_000, propagationMs: 0 },
  pm2: { gracePeriodMs: 1_600, propagationMs: 0 },
  heroku: { gracePeriodMs: 30_000, propagationMs: 0 },
  render: { gracePeriodMs: 30_000, propagationMs: 0 },
  fly: { gracePeriodMs: 5_000, propagationMs: 0 },
} as const satisfies Record<string, PlatformPreset>

/** A platform that has a preset. */
export type PlatformName = keyof typeof PRESETS
