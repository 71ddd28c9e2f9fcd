import { formatTable, type Table } from '../table/table.ts'

const BEGIN = '<!-- losses -->\n\n'
const END = '\n\n<!-- /losses -->'
/** Where the table of losses has the sum of all requests. */
const LOST = 'lost in all'

/** What each contender loses, of the full table: a row each, its defaults and its best side by side. */
export function summarizeLosses({ columns, rows }: Table): Table {
  const lost = columns.indexOf(LOST)
  const byName = new Map<string, Map<string, string>>()
  for (const row of rows) {
    const [, name = '', setup = ''] = /^(.*), (\w+)$/.exec(row[0] ?? '') ?? []
    byName.set(name, (byName.get(name) ?? new Map<string, string>()).set(setup, row[lost] ?? ''))
  }
  return {
    columns: ['', 'as its README begins', 'at its best, with a lame duck by hand'],
    rows: [...byName].map(([name, setups]) => [name, setups.get('defaults') ?? '', setups.get('best') ?? '–']),
  }
}

/** A document with the table of losses in its place. Throws when it has none. */
export function placeLosses(markdown: string, losses: Table): string {
  const begin = markdown.indexOf(BEGIN)
  const end = markdown.indexOf(END)
  if (begin < 0 || end < begin)
    throw new Error('The document has no place for the losses: add <!-- losses --> and <!-- /losses -->.')
  return markdown.slice(0, begin) + BEGIN + formatTable(summarizeLosses(losses)) + markdown.slice(end)
}
