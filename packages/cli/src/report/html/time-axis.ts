import type { RunResult } from '../../drill/result.ts'
import { chooseTicks } from '../choose-ticks.ts'
import type { Waterfall } from '../create-waterfall.ts'

/** How much of the time before, and of nothing after, is shown, as shares of the rest. */
const BEFORE_SHARE = 0.25
const END_SHARE = 0.02
const TICKS = 9

/** The axis that all of a run's pictures share; its places are percentages of the width. */
export interface TimeAxis {
  readonly startMs: number
  readonly ticks: readonly number[]
  position(ms: number): number
  /** A span as a style, cut where the axis begins and ends. */
  span(fromMs: number, toMs: number): string
  /** A span as a style, whole. */
  unclippedSpan(fromMs: number, toMs: number): string
}

/** Makes the axis: the shutdown, what the load saw after it, and so much of the time before that it is the lesser part. */
export function createTimeAxis({ series }: RunResult, waterfall: Waterfall): TimeAxis {
  const seriesEndMs = series.startMs + series.buckets.length * series.bucketMs
  const lastMs = Math.max(waterfall.endMs, seriesEndMs)
  const endMs = lastMs + (lastMs - waterfall.startMs) * END_SHARE
  const beforeMs = (endMs - waterfall.startMs) * BEFORE_SHARE
  const startMs = Math.min(waterfall.startMs, Math.max(series.startMs, waterfall.startMs - beforeMs))
  const position = (ms: number) => round(((ms - startMs) / (endMs - startMs)) * 100)
  const style = (left: number, right: number) => `left:${left}%;width:${round(right - left)}%`
  return {
    startMs,
    ticks: chooseTicks(startMs, endMs, TICKS),
    position,
    span: (fromMs, toMs) => style(Math.max(position(fromMs), 0), Math.min(position(toMs), 100)),
    unclippedSpan: (fromMs, toMs) => style(position(fromMs), position(toMs)),
  }
}

function round(percent: number): number {
  return Number(percent.toFixed(3))
}
