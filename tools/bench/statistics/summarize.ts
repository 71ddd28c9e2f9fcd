/** What is told of a series of measurements. */
export interface Summary {
  readonly count: number
  readonly median: number
  readonly min: number
  readonly max: number
  /** Holds the median of what was sampled with about 95 % confidence; needs six values, else it is `min` to `max`. */
  readonly interval: readonly [low: number, high: number]
}

/** Summarizes a series. Throws on an empty one: a table must not show what was not measured. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  const count = sorted.length
  const at = (index: number): number => sorted[Math.min(Math.max(index, 0), count - 1)] ?? NaN
  if (count === 0) throw new Error('summarize: no values: measure at least once.')
  // Ranks by the normal approximation of the binomial distribution: no assumption about the values' own.
  const reach = 0.98 * Math.sqrt(count)
  const low = Math.floor((count - 1) / 2 - reach)
  return {
    count,
    median: (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2,
    min: at(0),
    max: at(count - 1),
    interval: [at(low), at(count - 1 - low)],
  }
}
