import { PROBE_KINDS, type CheckStatus, type ProbeKind } from '../checks/check.ts'
import type { Emitter } from '../events/emitter.ts'

/** Tells of a probe whose answer has become another, whenever an event may have changed it. Returns what stops it. */
export function watchProbes(emitter: Emitter, statusOf: (kind: ProbeKind) => CheckStatus): () => void {
  const told = new Map<ProbeKind, CheckStatus>()
  return emitter.subscribe((event) => {
    if (event.type !== 'state:change' && event.type !== 'check:end') return
    for (const probe of PROBE_KINDS) {
      const from = told.get(probe)
      const to = statusOf(probe)
      if (from === to) continue
      told.set(probe, to)
      emitter.emit('probe:change', { probe, from, to })
    }
  })
}
