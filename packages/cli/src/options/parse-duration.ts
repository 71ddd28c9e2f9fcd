import { invalidOption } from './invalid-option.ts'

const UNITS = { ms: 1, s: 1000, m: 60_000 } as const

/** `300ms`, `5s`, `1.5m`; a number without a unit counts seconds, as Kubernetes does. */
export function parseDuration(option: string, text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text.trim()) ?? []
  if (amount === undefined) throw invalidOption(option, text, 'a duration such as 300ms, 5s or 1m')
  return Number(amount) * UNITS[unit as keyof typeof UNITS]
}

/** A duration and how far it may differ, such as `5s±2s` or `5s+-2s`. */
export function parsePropagation(option: string, text: string): { readonly ms: number; readonly spreadMs: number } {
  const [duration = '', spread = '0'] = text.split(/±|\+-/)
  const [ms, spreadMs] = [parseDuration(option, duration), parseDuration(option, spread)]
  if (spreadMs > ms) throw invalidOption(option, text, 'a spread that is not longer than the duration')
  return { ms, spreadMs }
}
