/** For how long the main loop has been blocked, and in which functions when that could be told. */
export interface Block {
  readonly blockedMs: number
  readonly where?: string | undefined
}

/** Follows one block of the main loop after the other. */
export interface BlockRecorder {
  /** Takes in for how long the loop has been blocked at this moment, and adds what is known of where. */
  record(blockedMs: number, debugged: boolean): Block
}

/** How a {@link BlockRecorder} finds out and tells. */
export interface BlockRecorderOptions {
  /** From when on it is a block, in milliseconds. */
  readonly reportMs: number
  /** Finds the functions that the main thread is in; gives up when `signal` aborts. */
  readonly capture: (signal: AbortSignal) => Promise<string | undefined>
  /** Hears of each block that is over. */
  readonly onEnd: (block: Block) => void
}

/** Makes a recorder: it looks for the function once per block, and never under a debugger. */
export function createBlockRecorder({ reportMs, capture, onEnd }: BlockRecorderOptions): BlockRecorder {
  let current: { blockedMs: number; where?: string | undefined; readonly ended: AbortController } | undefined

  function begin(debugged: boolean) {
    const begun: NonNullable<typeof current> = { blockedMs: 0, ended: new AbortController() }
    if (!debugged) void capture(begun.ended.signal).then((where) => (begun.where = where))
    return begun
  }

  function end(): void {
    if (!current) return
    const { ended, ...block } = current
    current = undefined
    ended.abort()
    onEnd(block)
  }

  return {
    record(blockedMs, debugged) {
      if (blockedMs < reportMs) {
        end()
        return { blockedMs }
      }
      current ??= begin(debugged)
      current.blockedMs = blockedMs
      return { blockedMs, where: current.where }
    },
  }
}
