import { sameNames } from './same-names.ts'

/** Every event of the union has a row in the document, and every row is an event that exists. */
export function eventsDocumented(source: string, markdown: string): string[] {
  const [, body] = /interface EventPayloads \{\n(.*?)\n\}/s.exec(source) ?? []
  if (body === undefined) return ['the source has no interface EventPayloads']
  const events = [...body.matchAll(/^ {2}(?:'([\w:]+)'|(\w+)):/gm)].map(([, quoted, plain = '']) => quoted ?? plain)
  const rows = [...markdown.matchAll(/^\| `([\w:]+)`/gm)].map(([, event = '']) => event)
  return sameNames('docs/events.md', events, rows)
}
