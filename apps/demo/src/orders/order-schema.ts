/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const STORABLE_TEXT = '^[^\\u0000\\ud800-\\udfff]*$'

/**
 * JSON schema of a new order. The limits keep every total inside an `integer`:
 * 20 items of 1000 pieces at 1000.00 each are 2 000 000 000 cents.
 */
export const NEW_ORDER_SCHEMA = {
  type: 'object',
  required: ['customer', 'items'],
  additionalProperties: false,
  properties: {
    customer: { type: 'string', minLength: 1, maxLength: 200, pattern: STORABLE_TEXT },
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        required: ['sku', 'quantity', 'priceCents'],
        additionalProperties: false,
        properties: {
          sku: { type: 'string', minLength: 1, maxLength: 100, pattern: STORABLE_TEXT },
          quantity: { type: 'integer', minimum: 1, maximum: 1000 },
          priceCents: { type: 'integer', minimum: 0, maximum: 100_000 },
        },
      },
    },
  },
} as const
