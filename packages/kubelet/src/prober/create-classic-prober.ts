import { sleep } from '../clock/sleep.ts'
import type { ProbeOutcome } from '../probes/probe-outcome.ts'
import { INITIAL_RESULTS } from './initial-results.ts'
import type { Prober, ProberOptions, ProbeResult } from './prober.ts'
import { runWithRetries } from './run-with-retries.ts'
import { createThresholds } from './thresholds.ts'
import { createTicker } from './ticker.ts'

/** The worker that every kubelet has: it ticks for as long as the pod is there, whatever becomes of the container. */
export function createClassicProber(options: ProberOptions): Prober {
  const { clock, probe, run, container, kubeletStartedAt = -Infinity, random = Math.random } = options
  const { kind } = probe
  const periodMs = probe.periodSeconds * 1000
  const ticker = createTicker(clock, periodMs)
  const thresholds = createThresholds(probe)
  const stopping = new AbortController()
  let result: ProbeResult = INITIAL_RESULTS[kind]
  let seen: string | undefined
  let onHold = false

  function set(to: ProbeResult, outcome?: ProbeOutcome): void {
    const from = result
    result = to
    if (from !== to) options.onChange?.(to, from, outcome)
  }

  /** Whether the probe may run now; `end` when it never will again. */
  function look(): 'run' | 'wait' | 'end' {
    const now = container()
    if (now.id === undefined) return 'wait'
    if (now.id !== seen) {
      seen = now.id
      result = INITIAL_RESULTS[kind]
      onHold = false
    }
    if (onHold) return 'wait'
    if (now.state !== 'running' || now.startedAt === undefined) {
      set('failure')
      return now.state === 'terminated' && !now.restarts ? 'end' : 'wait'
    }
    if (now.deleting && kind !== 'readiness') {
      set('success')
      return 'end'
    }
    if (Math.floor((clock.now() - now.startedAt) / 1000) < probe.initialDelaySeconds) return 'wait'
    return now.started === (kind === 'startup') ? 'wait' : 'run'
  }

  async function probeOnce(): Promise<void> {
    const outcome = await runWithRetries(run, stopping.signal)
    if (stopping.signal.aborted || (container().deleting && kind !== 'readiness')) return
    options.onOutcome?.(outcome)
    if (outcome.outcome === 'unknown' || !thresholds.count(outcome.outcome)) return
    const failedLiveness = kind === 'liveness' && outcome.outcome === 'failure'
    if (failedLiveness || kind === 'startup') {
      // Until the next container: this one is about to be killed, or has started for good.
      onHold = true
      thresholds.restart()
    }
    set(outcome.outcome, outcome)
  }

  async function work(): Promise<void> {
    // After a restart of the kubelet, so that not every container is probed at once.
    if (periodMs > clock.now() - kubeletStartedAt) await sleep(clock, random() * periodMs, stopping.signal)
    if (stopping.signal.aborted) return
    ticker.reset()
    do {
      const next = look()
      if (next === 'end') ticker.stop()
      else if (next === 'run') await probeOnce()
    } while ((await ticker.next()) !== 'stop')
  }

  return {
    get result() {
      return seen === container().id ? result : INITIAL_RESULTS[kind]
    },
    start: () => void work(),
    trigger: ticker.trigger,
    stop() {
      stopping.abort()
      ticker.stop()
    },
  }
}
