import { sameNames } from './same-names.ts'

/** What a drill knows by name, and where each of these names stands in the document. */
export interface DrillNames {
  readonly verdicts: readonly string[]
  readonly outcomes: readonly string[]
  readonly scenarios: readonly string[]
  /** With what they take: `--rps <n>`. */
  readonly options: readonly string[]
}

/** Every verdict has a section of its own, and every outcome, scenario and option a row; and each of these exists. */
export function docsDrill({ verdicts, outcomes, scenarios, options }: DrillNames, markdown: string): string[] {
  const requests = between(markdown, '## Requests', '## Scenarios')
  return [
    ...sameNames('docs/drill.md', verdicts, names(markdown, /^### `([A-Z-]+)`$/gm)),
    ...sameNames('docs/drill.md', outcomes, names(requests, /^\| [a-z, ]+ \| `(\w+)` /gm)),
    ...sameNames('docs/drill.md', scenarios, names(between(markdown, '## Scenarios', '## JSON'), /^\| `([\w-]+)` /gm)),
    ...sameNames('docs/drill.md', options, names(markdown, /^\| `(--[^`]+)` /gm)),
  ]
}

/** The options that a source gives to a command: `.option('--rps <n>', …)`, `repeated('--env <name=value>', …)`. */
export function optionsOf(source: string): string[] {
  return names(source, /(?:\.option|repeated)\('(--[^']+)'/g)
}

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}

function between(text: string, start: string, end: string): string {
  return text.slice(text.indexOf(start), text.indexOf(end))
}
