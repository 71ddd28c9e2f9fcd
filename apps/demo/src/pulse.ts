/** Wakes whoever waits. */
export interface Pulse {
  /** Wakes everyone who waits at this moment. */
  beat(): void
  /** Resolves at the next beat, when `signal` aborts, or after `timeoutMs`, whichever comes first. It never rejects. */
  next(options?: { readonly signal?: AbortSignal; readonly timeoutMs?: number | undefined }): Promise<void>
}

/** Makes a pulse. */
export function createPulse(): Pulse {
  const waiting = new Set<() => void>()
  return {
    beat() {
      for (const wake of [...waiting]) wake()
    },
    next: ({ signal, timeoutMs } = {}) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs)
        waiting.add(wake)
        signal?.addEventListener('abort', wake)
        function wake() {
          waiting.delete(wake)
          signal?.removeEventListener('abort', wake)
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}
