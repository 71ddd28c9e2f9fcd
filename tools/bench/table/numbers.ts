import type { Summary } from '../statistics/summarize.ts'

/** A number as the tables have it, with a comma at the thousands. */
export function decimal(value: number, digits = 0): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A median and the whole range: `12 (10–19)`. */
export function withRange({ median, min, max }: Summary, digits = 0): string {
  return `${decimal(median, digits)} (${decimal(min, digits)}–${decimal(max, digits)})`
}
