import { describe, expect, it } from 'vitest'
import { OUTCOMES, PHASES, TIMELINE_KINDS, VERDICT_CODES } from '../src/drill/result.ts'
import { SCENARIO_NAMES } from '../src/drill/scenario-name.ts'
import { toJson } from '../src/report/to-json.ts'
import { exampleLossyRun, exampleResult, exampleRun } from './example-result.ts'
import { schema, validateResult } from './validate-result.ts'

/** A result with everything that the types know, written and read as `--json` and `--baseline` do. */
function everything(): unknown {
  const skipped = [{ scenario: 'rolling-restart', reason: 'The command does not take PORT.' }] as const
  return JSON.parse(toJson(exampleResult([exampleRun(), exampleLossyRun({ run: 2 })], { skipped })))
}

const isValid = (value: unknown) => validateResult(value).length === 0

/** What may be missing, by its path. */
const OPTIONAL = [
  ...['.runs[].verdicts[].atMs', '.runs[].timeline[].detail'],
  ...OUTCOMES.map((outcome) => `.runs[].series.buckets[].outcomes.${outcome}`),
]

describe('drill-result.schema.json', () => {
  it('describes what a drill writes', () => {
    expect(validateResult(everything())).toEqual([])
  })

  it('knows every name that the types know, and no other', () => {
    expect(schema.$defs.outcome.enum).toEqual(OUTCOMES)
    expect(schema.$defs.scenario.enum).toEqual(SCENARIO_NAMES)
    expect(schema.$defs.verdictCode.enum).toEqual(VERDICT_CODES)
    expect(schema.$defs.event.properties.kind.enum).toEqual(TIMELINE_KINDS)
    expect(Object.keys(schema.$defs.classes.properties)).toEqual(PHASES)
    expect(Object.keys(schema.$defs.outcomes.properties)).toEqual(OUTCOMES)
  })

  it('wants every field, and knows none that the types do not', () => {
    const refused: string[] = []
    const result = everything()
    visit(result, '', (object, path) => {
      for (const key of Object.keys(object)) {
        const value = object[key]
        delete object[key]
        if (isValid(result) && !OPTIONAL.includes(`${path}.${key}`)) refused.push(`${path}.${key} may be missing`)
        object[key] = value
      }
      object.somethingElse = 1
      if (isValid(result)) refused.push(`${path} may have something else`)
      delete object.somethingElse
    })
    expect(refused).toEqual([])
    expect(isValid(result)).toBe(true)
  })

  it('refuses another version, and a verdict that does not exist', () => {
    expect(validateResult({ ...exampleResult(), schemaVersion: 2 })).toEqual([
      '/schemaVersion must be equal to constant',
    ])
    const verdict = { code: 'OTHER', summary: 'it was odd', cause: 'Odd.', fix: 'Even.' }
    expect(isValid({ ...exampleResult(), runs: [{ ...exampleRun(), verdicts: [verdict] }] })).toBe(false)
  })
})

/** Calls `look` for every object within `value`; of a list, for the first and the last. */
function visit(value: unknown, path: string, look: (object: Record<string, unknown>, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const each of new Set([value[0], value.at(-1)])) visit(each, `${path}[]`, look)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`, look)
    look(value as Record<string, unknown>, path)
  }
}
