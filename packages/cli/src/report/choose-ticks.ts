const STEPS = [1, 2, 5]

/** Round moments of an axis, at most `count` of them, in milliseconds. Zero is one of them where it is on the axis. */
export function chooseTicks(startMs: number, endMs: number, count: number): number[] {
  const step = chooseStep((endMs - startMs) / count)
  const first = Math.ceil(startMs / step)
  const last = Math.floor(endMs / step)
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}

function chooseStep(atLeast: number): number {
  const size = 10 ** Math.floor(Math.log10(atLeast))
  return (STEPS.find((step) => step * size >= atLeast) ?? 10) * size
}
