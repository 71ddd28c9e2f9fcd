import { messageOf } from '../handlers/message-of.ts'
import type { ProbeOutcome } from '../probes/probe-outcome.ts'

const MOST_TRIES = 3

/** Runs a probe again, without a pause, while it comes out as `unknown`: three tries at most. */
export async function runWithRetries(
  run: (signal: AbortSignal) => Promise<ProbeOutcome>,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await runSafely(run, signal)
    if (outcome.outcome !== 'unknown' || tries === MOST_TRIES || signal.aborted) return outcome
  }
}

async function runSafely(
  run: (signal: AbortSignal) => Promise<ProbeOutcome>,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  try {
    return await run(signal)
  } catch (error) {
    return { outcome: 'unknown', message: messageOf(error) }
  }
}
