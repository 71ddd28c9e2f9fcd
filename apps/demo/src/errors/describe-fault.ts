import type { FastifySchemaValidationError } from 'fastify'

/** What the schema finds wrong, with the name of the field: `items.0.quantity must be integer`. */
export function describeFault([fault]: readonly FastifySchemaValidationError[]): string {
  if (fault === undefined) return 'it does not have the right form'
  const field = fault.instancePath === '' ? 'the body' : fault.instancePath.slice(1).replaceAll('/', '.')
  const { additionalProperty } = fault.params
  if (typeof additionalProperty === 'string') return `${field} has a field "${additionalProperty}" that nobody knows`
  if (fault.keyword === 'pattern') return `${field} has a character that cannot be stored`
  return `${field} ${fault.message ?? 'is wrong'}`
}
