/** What a cell of the printed matrix says. */
export interface MatrixCell {
  readonly row: string
  readonly column: string
  readonly passed: boolean
  /** Requests sent, not answered to their end, and sent after the signal; how many orders were acknowledged. */
  readonly counts?: CellCounts | undefined
  /** Why it did not run. */
  readonly skipped?: string | undefined
}

/** What was sent in a cell, and what became of it. */
export interface CellCounts {
  readonly sent: number
  readonly afterSignal: number
  readonly lost: number
  readonly orders: number
  readonly missing: number
}

/** No line of the table is longer, so that it can be read in a log. */
const WIDTH = 120

const GAP = '  '

/** The matrix: what was done, by what ran, in as many tables as its width takes; then the sum. */
export function formatMatrix(cells: readonly MatrixCell[]): string {
  const rows = [...new Set(cells.map(({ row }) => row))]
  const columns = [...new Set(cells.map(({ column }) => column))]
  const find = (row: string, column: string) => cells.find((cell) => cell.row === row && cell.column === column)
  const labels = pad(['what was done', ...rows])
  const texts = columns.map((column) => pad([column, ...rows.map((row) => formatCell(find(row, column)))]))
  const tables = splitByWidth(texts, WIDTH - widthOf(labels)).map((columnsOfTable) =>
    labels.map((label, line) => [label, ...columnsOfTable.map((column) => column[line])].join(GAP).trimEnd()),
  )
  const reasons = new Set(
    cells.filter(({ skipped }) => skipped).map(({ row, skipped }) => `${row}: skipped, ${skipped}`),
  )
  return [
    'Each cell: requests lost, of requests sent. What a row allows to be lost is no failure.',
    '',
    ...tables.flatMap((lines) => [...lines, '']),
    ...reasons,
    formatSum(cells),
  ].join('\n')
}

/** Columns of padded texts in groups, none wider than `width` unless one column is. */
function splitByWidth(columns: readonly string[][], width: number): string[][][] {
  const groups: string[][][] = []
  let left = 0
  for (const column of columns) {
    const needed = GAP.length + widthOf(column)
    if (needed > left) {
      groups.push([])
      left = width
    }
    groups.at(-1)?.push(column)
    left -= needed
  }
  return groups
}

function pad(texts: readonly string[]): string[] {
  const width = Math.max(...texts.map(({ length }) => length))
  return texts.map((text) => text.padEnd(width))
}

function widthOf([first = '']: readonly string[]): number {
  return first.length
}

function formatCell(cell: MatrixCell | undefined): string {
  if (!cell) return ''
  if (cell.skipped !== undefined) return 'skipped'
  const { counts, passed } = cell
  return [passed ? '' : 'FAILED', counts && `${counts.lost}/${counts.sent}`].filter(Boolean).join(' ')
}

function formatSum(cells: readonly MatrixCell[]): string {
  const sum = (field: keyof CellCounts) => cells.reduce((total, { counts }) => total + (counts?.[field] ?? 0), 0)
  const failed = cells.filter(({ passed, skipped }) => !passed && skipped === undefined).length
  const skipped = cells.filter(({ skipped }) => skipped !== undefined).length
  return (
    `${cells.length} cells, ${failed} failed, ${skipped} skipped: ${sum('sent')} requests, ${sum('afterSignal')} of them ` +
    `after the signal, ${sum('lost')} lost; ${sum('orders')} orders acknowledged, ${sum('missing')} missing.`
  )
}
