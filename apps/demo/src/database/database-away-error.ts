/** The database does not answer at the moment: the request is not at fault and may be tried again. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError'
}

/** SQLSTATEs of a server that goes, starts or is full, and errors of the socket to it. */
const AWAY = /^(08...|57P0.|53300|E[A-Z]+)$/

/** The same error, or a {@link DatabaseAwayError} when it tells of the connection and not of the statement. */
export function tellAway(error: unknown): unknown {
  const { code } = error as { code?: string }
  // What node-postgres itself finds wrong with a connection, such as a timeout, has no code.
  if (code !== undefined && !AWAY.test(code)) return error
  return new DatabaseAwayError(error instanceof Error ? error.message : String(error), { cause: error })
}
