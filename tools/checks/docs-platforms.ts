import { sameNames } from './same-names.ts'

/** What `PRESETS` holds of one platform. */
export interface Preset {
  readonly gracePeriodMs: number
  readonly propagationMs: number
  readonly idleTimeoutMs?: number
}

const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${ms / 1000} s`)

/** The table of platforms says the numbers of the presets, in their order. */
export function docsPlatforms(presets: Readonly<Record<string, Preset>>, markdown: string): string[] {
  const inCode = Object.entries(presets).map(
    ([name, { gracePeriodMs, propagationMs, idleTimeoutMs }]) =>
      `| \`${name}\` | ${seconds(gracePeriodMs)} | ${seconds(propagationMs)} | ${seconds(idleTimeoutMs)} |`,
  )
  const rows = markdown.split('\n').filter((line) => /^\| `[\w-]+` +\| [\d.]+ s /.test(line))
  const problems = inCode.flatMap((row, index) => {
    const said = rows[index]?.replaceAll(/ +/g, ' ') ?? 'nothing'
    return said.startsWith(row) ? [] : [`docs/platforms.md says ${said}, the presets say ${row}`]
  })
  return rows.length > inCode.length ? [...problems, 'docs/platforms.md has rows too many'] : problems
}

/** The table of variables says what the detection looks at, and what each means. */
export function docsDetection(source: string, markdown: string): string[] {
  const inCode = [...source.matchAll(/\['(\w+)', '([\w-]+)'\]/g)]
  const inDocument = [...markdown.matchAll(/^\| `(\w+)`(?:, or .+?)? +\| `([\w-]+)` +\|$/gm)]
  const pair = ([, variable, platform]: RegExpMatchArray) => `${variable} → ${platform}`
  return sameNames('docs/platforms.md', inCode.map(pair), inDocument.map(pair))
}
