import { stripVTControlCharacters } from 'node:util'

/** What a server wrote, without anything that would paint, move or ring a terminal, or break a document. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\t', '  ')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, ' ')
    .toWellFormed()
}
