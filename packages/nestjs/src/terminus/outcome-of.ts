import type { CheckOutcome, CheckStatus } from '@lastcall/core'

/** What an indicator of `@nestjs/terminus` gives: what it says of each key. */
export type IndicatorResult = Readonly<Record<string, { readonly status: string; readonly [field: string]: unknown }>>

const STATUS: Readonly<Record<string, CheckStatus>> = { up: 'pass', degraded: 'warn', down: 'fail' }
const RANK: readonly CheckStatus[] = ['pass', 'warn', 'fail']

/** The outcome that an indicator's result comes to: the worst status of its keys, why, and what else it says. */
export function outcomeOf(result: IndicatorResult): CheckOutcome {
  const entries = Object.entries(result)
  const ranks = entries.map(([, { status }]) => RANK.indexOf(STATUS[status] ?? 'fail'))
  const reasons = entries.filter(([, { status }]) => status !== 'up').map(([key, detail]) => reasonOf(key, detail))
  const fields = entries.flatMap(([key, detail]) =>
    Object.entries(detail)
      .filter(([field, value]) => field !== 'status' && field !== 'message' && isPlain(value))
      .map(([field, value]) => [entries.length > 1 ? `${key}.${field}` : field, value as string | number | boolean]),
  )
  return {
    status: RANK[Math.max(0, ...ranks)] ?? 'fail',
    ...(reasons.length > 0 && { output: reasons.join('; ') }),
    ...(fields.length > 0 && { data: Object.fromEntries(fields) }),
  }
}

/** Tells the result of an indicator from anything else that a function may give. */
export function isIndicatorResult(value: unknown): value is IndicatorResult {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every((detail: unknown) => typeof detail === 'object' && detail && 'status' in detail)
}

function reasonOf(key: string, { status, message }: IndicatorResult[string]): string {
  return typeof message === 'string' ? `${key} is ${status}: ${message}` : `${key} is ${status}`
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
