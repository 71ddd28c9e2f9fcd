/** What is told of a series of measurements. */
export interface Summary {
  readonly count: number
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Summarizes a series. Throws on an empty one: a table must not show what was not measured. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  const count = sorted.length
  const at = (index: number): number => sorted[index] ?? NaN
  if (count === 0) throw new Error('summarize: no values: measure at least once.')
  return {
    count,
    median: (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2,
    min: at(0),
    max: at(count - 1),
  }
}
