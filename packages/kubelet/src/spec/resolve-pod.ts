import { constants } from 'node:os'
import type { ContainerSpec, PodSpec, ResolvedContainer, ResolvedPod } from './pod-spec.ts'
import { checkWhole, createRefuse } from './refuse.ts'
import { resolveHook } from './resolve-handler.ts'
import { resolveProbe } from './resolve-probe.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'] as const

/**
 * Fills in the defaults of a pod and checks what the API server checks. `gracePeriodSeconds` is what holds where the
 * pod says nothing. @default 30. Throws `LASTCALL_INVALID_SPEC`, with the field and what to change.
 */
export function resolvePod(spec: PodSpec, gracePeriodSeconds = 30): ResolvedPod {
  const refuse = createRefuse('spec')
  const { containers, initContainers = [], restartPolicy = 'Always', terminationGracePeriodSeconds: own } = spec
  const graceSeconds =
    own === undefined ? gracePeriodSeconds : checkWhole(refuse, 'terminationGracePeriodSeconds', own, 0)
  if (!RESTART_POLICIES.includes(restartPolicy)) {
    throw refuse('restartPolicy', restartPolicy, `give one of ${RESTART_POLICIES.join(', ')}`)
  }
  if (!Array.isArray(containers) || containers.length === 0) {
    throw refuse('containers', containers, 'give at least one container')
  }
  const resolved = [
    ...initContainers.map((one) =>
      resolveContainer(one, one.restartPolicy === 'Always' ? 'sidecar' : 'init', graceSeconds),
    ),
    ...containers.map((one: ContainerSpec) => resolveContainer(one, 'main', graceSeconds)),
  ]
  const names = resolved.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw refuse('containers', names, `give each container a name of its own, ${twice} is there twice`)
  return { containers: resolved, terminationGracePeriodSeconds: graceSeconds, restartPolicy }
}

function resolveContainer(
  spec: ContainerSpec,
  role: ResolvedContainer['role'],
  graceSeconds: number,
): ResolvedContainer {
  const { name, startupProbe, livenessProbe, readinessProbe, lifecycle = {} } = spec
  if (typeof name !== 'string' || name === '') throw createRefuse('containers[]')('name', name, 'give it a name')
  if (role === 'init' && (startupProbe ?? livenessProbe ?? readinessProbe ?? spec.lifecycle)) {
    const expected = 'leave out its probes and hooks, or make it a sidecar with restartPolicy: Always'
    throw createRefuse('initContainers[]')('name', name, expected)
  }
  const hook = (which: 'preStop' | 'postStart') => {
    const handler = lifecycle[which]
    if (!handler) return {}
    const refuse = createRefuse(`lifecycle.${which}`, name)
    return { [which]: resolveHook(handler, spec.ports, graceSeconds, refuse) }
  }
  const { stopSignal } = lifecycle
  if (stopSignal !== undefined && !Object.hasOwn(constants.signals, stopSignal)) {
    const expected = 'give the name of a signal of this system, such as SIGTERM'
    throw createRefuse('lifecycle', name)('stopSignal', stopSignal, expected)
  }
  return {
    name,
    role,
    spec,
    probes: {
      ...(startupProbe && { startup: resolveProbe(startupProbe, 'startup', spec) }),
      ...(livenessProbe && { liveness: resolveProbe(livenessProbe, 'liveness', spec) }),
      ...(readinessProbe && { readiness: resolveProbe(readinessProbe, 'readiness', spec) }),
    },
    ...hook('postStart'),
    ...hook('preStop'),
    ...(stopSignal !== undefined && { stopSignal }),
  }
}
