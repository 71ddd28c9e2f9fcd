import { sameNames } from './same-names.ts'

/** Every code has a section of its own in the document, and every section is a code that exists. */
export function docsErrors(codes: readonly string[], markdown: string): string[] {
  const sections = [...markdown.matchAll(/^## `(LASTCALL_\w+)`$/gm)].map(([, code = '']) => code)
  return sameNames('docs/errors.md', codes, sections)
}

/** Every code that sources use is one of the codes; a warning's is no type that a compiler could check. */
export function unknownCodes(codes: readonly string[], path: string, source: string): string[] {
  const used = [...source.matchAll(/'(LASTCALL_\w+)'/g)].map(([, code = '']) => code)
  return used.filter((code) => !codes.includes(code)).map((code) => `${path} uses ${code}, which ERROR_CODES lacks`)
}
