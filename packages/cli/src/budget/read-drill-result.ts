import type { DrillResult } from '../drill/result.ts'
import { invalidOption } from '../options/invalid-option.ts'
import { readText } from '../options/read-text.ts'

/** Reads what `drill --json` has printed. Throws `LASTCALL_INVALID_OPTION` when it is something else. */
export function readDrillResult(option: string, path: string): DrillResult {
  const text = readText(option, path)
  try {
    const result = JSON.parse(text) as Partial<DrillResult> | null
    if (result?.schemaVersion === 1 && Array.isArray(result.runs)) return result as DrillResult
  } catch {
    // No JSON: said below.
  }
  throw invalidOption(option, path, 'what lastcall drill --json printed, with schemaVersion 1')
}
