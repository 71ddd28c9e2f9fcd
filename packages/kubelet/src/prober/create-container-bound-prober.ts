import { sleep } from '../clock/sleep.ts'
import { INITIAL_RESULTS } from './initial-results.ts'
import type { Prober, ProberOptions, ProbeResult } from './prober.ts'
import { runWithRetries } from './run-with-retries.ts'
import { createThresholds } from './thresholds.ts'
import { createTicker } from './ticker.ts'

/** The worker behind `ContainerLifecycleProber`: it belongs to one container, and its first probe is on time. */
export function createContainerBoundProber(options: ProberOptions): Prober {
  const { clock, probe, run, container, kubeletStartedAt = -Infinity, random = Math.random } = options
  const { kind } = probe
  const periodMs = probe.periodSeconds * 1000
  const ticker = createTicker(clock, periodMs)
  const thresholds = createThresholds(probe)
  const stopping = new AbortController()
  let result: ProbeResult = INITIAL_RESULTS[kind]

  /** Runs the probe once; tells whether it runs again. */
  async function probeOnce(): Promise<boolean> {
    const outcome = await runWithRetries(run, stopping.signal)
    if (stopping.signal.aborted) return false
    options.onOutcome?.(outcome)
    if (outcome.outcome === 'unknown' || !thresholds.count(outcome.outcome)) return true
    const from = result
    result = outcome.outcome
    if (from !== result) options.onChange?.(result, from, outcome)
    return kind === 'readiness' || (kind === 'liveness' && result === 'success')
  }

  async function work(startedAt: number): Promise<void> {
    const firstAt = startedAt + probe.initialDelaySeconds * 1000
    // A container that is older than the kubelet: not every one of those is probed at once.
    const jitterMs = startedAt < kubeletStartedAt ? random() * periodMs : 0
    const delayMs = Math.max(firstAt - clock.now(), 0) + jitterMs
    if (delayMs > 0) await sleep(clock, delayMs, stopping.signal)
    if (stopping.signal.aborted) return
    ticker.reset()
    while (await probeOnce()) if ((await ticker.next()) === 'stop') return
    ticker.stop()
  }

  return {
    get result() {
      return result
    },
    start: () => void work(container().startedAt ?? clock.now()),
    trigger: () => undefined,
    stop() {
      stopping.abort()
      ticker.stop()
    },
  }
}
