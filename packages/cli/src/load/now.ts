/** Milliseconds on the machine's monotonic clock, which every process of the drill reads alike. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
