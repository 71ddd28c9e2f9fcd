import type { RunResult, TimelineKind } from '../drill/result.ts'

/** The end of a process itself takes shorter than this. */
const NOTICED_MS = 500

/** One bar of the shutdown, in milliseconds from the signal. */
export interface WaterfallBar {
  readonly key: 'wait' | 'propagation' | 'lameDuck' | 'drain'
  readonly name: string
  /** A short phrase: what happens meanwhile. */
  readonly note: string
  readonly fromMs: number
  readonly toMs: number
  /** Where in a drain the last response was over and nothing was left to wait for. */
  readonly idleFromMs?: number
}

/** A shutdown as bars over one axis, in milliseconds from the signal. */
export interface Waterfall {
  readonly startMs: number
  readonly endMs: number
  readonly bars: readonly WaterfallBar[]
  /** When requests were lost: bursts of them, in order. */
  readonly lost: readonly { readonly fromMs: number; readonly toMs: number }[]
}

/**
 * Derives the bars from what was seen. The propagation is above the lame duck: where it is the longer one, the platform
 * still sends what nobody takes.
 */
export function createWaterfall(run: RunResult): Waterfall {
  const at = (kind: TimelineKind) => run.timeline.find((event) => event.kind === kind)?.atMs
  const terminatingMs = Math.min(at('terminating') ?? 0, 0)
  const propagationMs = at('propagationOver')
  const closedMs = Math.min(at('listenerClosed') ?? run.exitMs, run.exitMs)
  const responseMs = Math.max(at('lastResponse') ?? closedMs, closedMs)
  const isIdle = run.exitMs - responseMs >= NOTICED_MS

  const bars: WaterfallBar[] = []
  if (terminatingMs < 0) {
    bars.push({ key: 'wait', name: 'wait', note: 'before the signal', fromMs: terminatingMs, toMs: 0 })
  }
  if (propagationMs !== undefined && propagationMs > terminatingMs) {
    bars.push({
      ...{ key: 'propagation', name: 'propagation', note: 'new connections come' },
      ...{ fromMs: terminatingMs, toMs: propagationMs },
    })
  }
  bars.push({ key: 'lameDuck', name: 'lame duck', note: 'it still listens', fromMs: 0, toMs: closedMs })
  if (closedMs < run.exitMs) {
    bars.push({
      ...{ key: 'drain', name: 'drain', note: 'it finishes the rest', fromMs: closedMs, toMs: run.exitMs },
      ...(isIdle && { idleFromMs: responseMs }),
    })
  }
  const lost = lostSpans(run)
  return {
    startMs: terminatingMs,
    endMs: Math.max(run.exitMs, propagationMs ?? 0, ...lost.map(({ toMs }) => toMs), 1),
    bars,
    lost,
  }
}

function lostSpans({ series }: RunResult): { fromMs: number; toMs: number }[] {
  const spans: { fromMs: number; toMs: number }[] = []
  for (const [index, { lost }] of series.buckets.entries()) {
    if (lost === 0) continue
    const fromMs = series.startMs + index * series.bucketMs
    const last = spans.at(-1)
    if (last?.toMs === fromMs) last.toMs += series.bucketMs
    else spans.push({ fromMs, toMs: fromMs + series.bucketMs })
  }
  return spans
}
