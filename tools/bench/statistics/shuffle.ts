/** The same values in random order; `random` is a number from 0 up to 1, as `Math.random` makes them. */
export function shuffle<T>(values: readonly T[], random: () => number = Math.random): T[] {
  const shuffled = [...values]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T]
  }
  return shuffled
}
