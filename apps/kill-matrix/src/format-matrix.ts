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
  readonly exit: string
}

/** The matrix as one table: what was done, by what ran; then the sum. */
export function formatMatrix(cells: readonly MatrixCell[]): string {
  const rows = [...new Set(cells.map(({ row }) => row))]
  const columns = [...new Set(cells.map(({ column }) => column))]
  const find = (row: string, column: string) => cells.find((cell) => cell.row === row && cell.column === column)
  const table = [
    ['what was done', ...columns],
    ...rows.map((row) => [row, ...columns.map((column) => formatCell(find(row, column)))]),
  ]
  const widths = ['', ...columns].map((_, index) => Math.max(...table.map((line) => line[index]?.length ?? 0)))
  const lines = table.map((line) =>
    line
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const reasons = new Set(
    cells.filter(({ skipped }) => skipped).map(({ row, skipped }) => `${row}: skipped, ${skipped}`),
  )
  return [
    'Each cell: requests sent (after the signal), requests lost, acknowledged orders found after a restart, exit.',
    '',
    ...lines,
    '',
    ...reasons,
    formatSum(cells),
  ].join('\n')
}

function formatCell(cell: MatrixCell | undefined): string {
  if (!cell) return ''
  if (cell.skipped !== undefined) return 'skipped'
  const { counts, passed } = cell
  if (!counts) return 'FAILED'
  const { sent, afterSignal, lost, orders, missing, exit } = counts
  return `${passed ? '' : 'FAILED '}${sent} (${afterSignal}) sent, ${lost} lost, ${orders - missing}/${orders} kept, ${exit}`
}

function formatSum(cells: readonly MatrixCell[]): string {
  const sum = (field: Exclude<keyof CellCounts, 'exit'>) =>
    cells.reduce((total, { counts }) => total + (counts?.[field] ?? 0), 0)
  const failed = cells.filter(({ passed, skipped }) => !passed && skipped === undefined).length
  const skipped = cells.filter(({ skipped }) => skipped !== undefined).length
  return (
    `${cells.length} cells, ${failed} failed, ${skipped} skipped: ${sum('sent')} requests, ${sum('afterSignal')} of them ` +
    `after the signal, ${sum('lost')} lost; ${sum('orders')} orders acknowledged, ${sum('missing')} missing.`
  )
}
