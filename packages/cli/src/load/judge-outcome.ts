import type { Outcome } from '../drill/result.ts'
import type { Exchange } from './http1-connection.ts'

/** What kind of end a request had. */
export function judgeOutcome(exchange: Exchange): Outcome {
  const { complete, status = 0, retryable, timedOut, error, begun, reused } = exchange
  if (complete) return status >= 500 ? 'serverError' : 'answered'
  if (retryable) return 'retryable'
  if (timedOut || error === 'ETIMEDOUT') return 'timedOut'
  if (error === 'ECONNREFUSED') return 'refused'
  if (begun) return 'truncated'
  return reused ? 'resetReused' : 'resetNew'
}
