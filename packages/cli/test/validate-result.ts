import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** The schema that the package publishes. */
export const schema = JSON.parse(readFileSync(new URL('../schema/drill-result.schema.json', import.meta.url), 'utf8'))

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

/** Where a value is not what the schema says: a path and a message each. */
export function validateResult(value: unknown): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
