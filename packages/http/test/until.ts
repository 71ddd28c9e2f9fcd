/** Resolves once `condition` holds; rejects, naming it, when it does not within ten seconds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
