import { describe, expect, it } from 'vitest'
import type { Exchange } from './http1-connection.ts'
import { judgeOutcome } from './judge-outcome.ts'

const cut: Exchange = {
  ...{ sentMs: 0, endedMs: 1, reused: false, complete: false, begun: false, close: false, timedOut: false },
  error: 'ECONNRESET',
}

describe('judgeOutcome', () => {
  it.each([
    ['answered', { complete: true, status: 200 }],
    ['answered', { complete: true, status: 404 }],
    ['serverError', { complete: true, status: 503 }],
    ['refused', { error: 'ECONNREFUSED' }],
    ['resetNew', {}],
    ['resetReused', { reused: true }],
    ['truncated', { begun: true, reused: true }],
    ['timedOut', { timedOut: true }],
    ['timedOut', { error: 'ETIMEDOUT' }],
    ['retryable', { retryable: true, reused: true }],
  ] as const)('is %s for %o', (outcome, exchange) => {
    expect(judgeOutcome({ ...cut, ...exchange })).toBe(outcome)
  })
})
