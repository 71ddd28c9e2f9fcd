/** What is needed of one run of `lastcall drill --json`. */
export interface DrillRun {
  readonly requests: number
  readonly lost: number
  readonly exitCode: number | null
  readonly exitSignal: string | null
  readonly verdicts: readonly { readonly code: string }[]
}

/** The verdicts of several runs, in the order they came; how often, where it was not in each. */
export function describeVerdicts(runs: readonly DrillRun[]): string {
  const counts = new Map<string, number>()
  for (const { verdicts } of runs) {
    for (const { code } of verdicts) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const found = [...counts].map(([code, count]) =>
    count === runs.length ? code : `${code} (${count} of ${runs.length})`,
  )
  return found.length === 0 ? 'passed' : found.join(', ')
}
