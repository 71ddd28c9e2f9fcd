/** `4.31 s`, or `12 ms` for what is too short for that. */
export function formatMs(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
}

/** `12 s`, `3 min`, `2 h`. */
export function formatAge(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`
}

/** `1 request`, `2 requests`. */
export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
