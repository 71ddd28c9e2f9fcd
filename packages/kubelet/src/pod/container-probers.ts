import type { ProbeKind } from '@lastcall/core'
import { createProber } from '../prober/create-prober.ts'
import { INITIAL_RESULTS } from '../prober/initial-results.ts'
import type { ProbedContainer, Prober, ProbeResult } from '../prober/prober.ts'
import type { ResolvedContainer } from '../spec/pod-spec.ts'
import type { ResolvedProbe } from '../spec/probe-spec.ts'
import type { PodContext } from './pod-context.ts'

/** The probers of one container, through all its restarts. */
export interface ContainerProbers {
  /** `undefined` for a probe that it has not. */
  resultOf(kind: ProbeKind): ProbeResult | undefined
  /** The pod starts. */
  begin(): void
  /** A container runs. */
  attach(): void
  /** It has ended. */
  detach(): void
  /** The pod is being deleted: only readiness goes on. */
  quiet(): void
  /** Something has changed, and the container is started and not ready. */
  trigger(): void
  /** The pod is gone. */
  end(): void
}

/** What the owner of the probers is asked and told. */
export interface ProbersOwner {
  /** The container as it is at this moment. */
  view(): ProbedContainer
  /** A probe of the container that runs crossed its threshold. */
  onFailed(kind: 'liveness' | 'startup'): void
}

/** Makes the probers of a container. Classic ones live as long as the pod, container-bound ones as long as a container. */
export function createContainerProbers(
  context: PodContext,
  container: ResolvedContainer,
  owner: ProbersOwner,
): ContainerProbers {
  const { clock, emit, mode, handlers, kubeletStartedAt, random } = context
  const probers = new Map<ProbeKind, Prober>()
  const classic = mode === 'classic'

  function create(probe: ResolvedProbe): Prober {
    const { kind } = probe
    const subject = { container: container.name, probe: kind }
    let begunAt = clock.now()
    const prober: Prober = createProber({
      ...{ clock, probe, mode, container: owner.view },
      ...(kubeletStartedAt !== undefined && { kubeletStartedAt }),
      ...(random && { random }),
      run(signal) {
        begunAt = clock.now()
        return handlers.probe(probe, container, signal)
      },
      onOutcome: (outcome) => emit('probe:result', { ...subject, durationMs: clock.now() - begunAt, ...outcome }),
      onChange(to, from, outcome) {
        // Of a container that has been replaced in the meantime.
        if (prober.result !== to) return
        if (outcome) emit('probe:change', { ...subject, from, to, message: outcome.message })
        if (outcome && to === 'failure' && kind !== 'readiness') owner.onFailed(kind)
        if (!classic && kind === 'startup' && to === 'success') startOthers()
        context.refresh()
      },
    })
    probers.set(kind, prober)
    return prober
  }

  function startOthers(): void {
    const { readiness, liveness } = container.probes
    for (const probe of [readiness, liveness]) if (probe) create(probe).start()
  }

  function endAll(): void {
    for (const prober of probers.values()) prober.stop()
  }

  return {
    resultOf: (kind) => probers.get(kind)?.result ?? (container.probes[kind] && INITIAL_RESULTS[kind]),
    begin() {
      if (classic) for (const probe of Object.values(container.probes)) create(probe).start()
    },
    attach() {
      if (classic) return
      if (container.probes.startup) create(container.probes.startup).start()
      else startOthers()
    },
    detach() {
      if (classic) return
      endAll()
      probers.clear()
    },
    quiet() {
      for (const kind of ['liveness', 'startup'] as const) {
        // A classic one looks at the pod and ends by itself.
        if (classic) probers.get(kind)?.trigger()
        else probers.get(kind)?.stop()
      }
    },
    trigger: () => probers.get('readiness')?.trigger(),
    end: endAll,
  }
}
