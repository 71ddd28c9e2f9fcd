/** Holds back whoever arrives, until it is opened. */
export interface Gate {
  /** Resolves when the gate is open. */
  pass(): Promise<void>
  /** How many wait. */
  readonly waiting: number
  open(): void
}

/** Makes a gate that is shut. */
export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  let waiting = 0

  return {
    get waiting() {
      return waiting
    },
    async pass() {
      waiting++
      await promise
      waiting--
    },
    open: resolve,
  }
}
