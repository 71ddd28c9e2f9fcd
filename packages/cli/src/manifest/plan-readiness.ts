/** How often readiness is asked, and when red is seen at the latest. */
export interface ReadinessPlan {
  readonly periodSeconds: number
  readonly failureThreshold: number
  readonly seenSeconds: number
}

const TIMEOUT_SECONDS = 1
/** Asked less often, a pod that is ready again would wait for longer than it needs to. */
const MOST_PERIOD_SECONDS = 5

/**
 * The slowest readiness probe whose red is seen within the lame duck, after two failures where there is time for two:
 * one failure alone may be a slow answer.
 */
export function planReadiness(lameDuckMinMs: number): ReadinessPlan {
  const seconds = Math.floor(lameDuckMinMs / 1000) - TIMEOUT_SECONDS
  const failureThreshold = seconds >= 2 ? 2 : 1
  const periodSeconds = Math.min(Math.max(Math.floor(seconds / failureThreshold), 1), MOST_PERIOD_SECONDS)
  return { periodSeconds, failureThreshold, seenSeconds: periodSeconds * failureThreshold + TIMEOUT_SECONDS }
}
