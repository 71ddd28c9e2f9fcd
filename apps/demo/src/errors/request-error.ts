/** Why a request cannot be answered as asked. It becomes the response: `{ "error": { code, message, fix } }`. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly statusCode: number
  readonly code: string
  /** What the client has to change. */
  readonly fix: string

  constructor(statusCode: number, code: string, message: string, fix: string) {
    super(message)
    this.statusCode = statusCode
    this.code = code
    this.fix = fix
  }
}
