/** What is said twice, in code and in a document, must be the same names; says what each side lacks. */
export function sameNames(document: string, inCode: readonly string[], inDocument: readonly string[]): string[] {
  const missing = inCode.filter((name) => !inDocument.includes(name)).map((name) => `${document} does not say ${name}`)
  const unknown = inDocument
    .filter((name) => !inCode.includes(name))
    .map((name) => `${document} says ${name}, which is gone`)
  const twice = inDocument.filter((name, index) => inDocument.indexOf(name) !== index)
  return [...missing, ...unknown, ...twice.map((name) => `${document} says ${name} twice`)]
}
