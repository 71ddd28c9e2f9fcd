/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  // Node throws this one, without a message, where a host name has several addresses and none of them answers.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
