/** Every code the orders service can stop with at its start. */
export type ServiceErrorCode =
  | 'ORDERS_INVALID_CONFIG'
  | 'ORDERS_DATABASE_UNREACHABLE'
  | 'ORDERS_DATABASE_IN_USE'
  | 'ORDERS_DATABASE_UNUSABLE'
  | 'ORDERS_PORT_UNUSABLE'

/** Why the service cannot run, in one line that ends with what to change. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ServiceErrorCode

  constructor(code: ServiceErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
