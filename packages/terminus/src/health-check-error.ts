/** Thrown by a health check: `causes` go into the body of the 503 as `error` and `details`. */
export class HealthCheckError extends Error {
  // Typed as the real one has it: who reads its causes must compile as before.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  causes: any

  constructor(message: string, causes: unknown) {
    super(message)
    this.causes = causes
  }
}
