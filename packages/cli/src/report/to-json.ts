import type { DrillResult } from '../drill/result.ts'

/** The result as `--json` prints it and `--baseline` reads it; `schema/drill-result.schema.json` describes it. */
export function toJson(result: DrillResult): string {
  return `${JSON.stringify(result, null, 2)}\n`
}
