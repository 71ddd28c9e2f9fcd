/** A count with its thousands apart: `1 240`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, ' ')
}

/** A count and its noun: `1 request`, `1 240 requests`. */
export function formatNumberOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A duration with as many digits as one reads: `31 ms`, `4.98 s`, `12.3 s`. */
export function formatMs(ms: number): string {
  const size = Math.abs(ms)
  if (size < 10 && !Number.isInteger(ms)) return `${Number(ms.toFixed(1))} ms`
  if (size < 999.5) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(size < 9995 ? 2 : 1)} s`
}

/** A duration that is a round number, such as a setting: `5 s`, `250 ms`, `−1 s`. */
export function formatSetting(ms: number): string {
  const [sign, size] = [ms < 0 ? '−' : '', Math.abs(ms)]
  return size > 0 && size < 1000 ? `${sign}${Math.round(size)} ms` : `${sign}${Number((size / 1000).toFixed(2))} s`
}

/** A moment, from the signal: `+31 ms`, `−2.00 s`. */
export function formatOffset(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${formatMs(Math.abs(Math.round(ms)))}`
}

/** When something began and ended: `from +12 ms to +4.98 s`, or `at +12 ms` where that is one moment. */
export function formatSpan(fromMs: number, toMs: number): string {
  const [from, to] = [formatOffset(fromMs), formatOffset(toMs)]
  return from === to ? `at ${from}` : `from ${from} to ${to}`
}
