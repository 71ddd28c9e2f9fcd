import type { Table } from './table/table.ts'

/** One kind of measurement: what a folder here holds. */
export interface Room {
  readonly name: string
  /** The heading in the document. */
  readonly title: string
  /** How it was measured, and how to read it; Markdown. */
  readonly text: string
  /** Measures; `tell` hears of the progress. */
  measure(tell: (progress: string) => void): Promise<readonly Table[]>
}
