/** Resolves in the next check phase of the event loop: two in a row have a whole poll phase between them. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
