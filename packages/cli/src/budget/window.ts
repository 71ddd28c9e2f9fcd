/** The least that the kubelet leaves between signal and kill, however long the preStop took. */
const MINIMUM_WINDOW_MS = 2000

/** What is left between the signal and the kill: the grace period less the whole seconds of the preStop. */
export function windowMs(gracePeriodMs: number, preStopMs: number): number {
  return Math.max(gracePeriodMs - wholeSeconds(preStopMs), MINIMUM_WINDOW_MS)
}

/** As the kubelet counts what a preStop took. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
