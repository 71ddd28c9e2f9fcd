import type { Clock, Timer } from '@lastcall/core'

/** A beat in steady steps. Beats that nobody waits for become one. */
export interface Ticker {
  /** Starts it, or starts its steps anew from now. */
  reset(): void
  /** Waits for the next beat: `tick` in its step, `trigger` out of it, `stop` for ever. */
  next(): Promise<'tick' | 'trigger' | 'stop'>
  /** Beats now, out of step; the steps start anew when that beat is taken. */
  trigger(): void
  stop(): void
}

/** Makes a ticker with steps of `periodMs`; `reset` starts it. */
export function createTicker(clock: Clock, periodMs: number): Ticker {
  let timer: Timer
  let nextAt = 0
  let ticked = false
  let triggered = false
  let stopped = false
  let wake: (() => void) | undefined

  function schedule(): void {
    timer = clock.setTimeout(() => {
      ticked = true
      nextAt += periodMs
      schedule()
      wake?.()
    }, nextAt - clock.now())
  }

  function reset(): void {
    clock.clearTimeout(timer)
    ticked = false
    if (stopped) return
    nextAt = clock.now() + periodMs
    schedule()
  }

  return {
    reset,
    async next() {
      if (!stopped && !triggered && !ticked) await new Promise<void>((resolve) => (wake = resolve))
      wake = undefined
      if (stopped) return 'stop'
      if (triggered) {
        triggered = false
        reset()
        return 'trigger'
      }
      ticked = false
      return 'tick'
    },
    trigger() {
      triggered = true
      wake?.()
    },
    stop() {
      stopped = true
      clock.clearTimeout(timer)
      wake?.()
    },
  }
}
