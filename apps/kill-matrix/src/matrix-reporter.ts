import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { type CellCounts, formatMatrix, type MatrixCell } from './format-matrix.ts'

/** Which cell a test is, and what came of it: the spec puts it into the test's `meta`. */
export interface CellMeta {
  readonly row: string
  readonly column: string
  readonly counts?: CellCounts
  readonly skipped?: string | undefined
}

declare module 'vitest' {
  interface TaskMeta {
    cell?: CellMeta
  }
}

/** Prints the matrix when its tests have run. */
export function createMatrixReporter(): Reporter {
  return {
    onTestRunEnd(modules: readonly TestModule[]) {
      const cells = modules.flatMap((module) => [...module.children.allTests()]).flatMap(readCell)
      if (cells.length > 0) process.stdout.write(`\n${formatMatrix(cells)}\n`)
    },
  }
}

function readCell(test: TestCase): MatrixCell[] {
  const { cell } = test.meta()
  // A cell that was filtered out is no part of the matrix; one that cannot be shown here is, with its reason.
  const isFiltered = test.result().state === 'skipped' && cell?.skipped === undefined
  return cell && !isFiltered ? [{ ...cell, passed: test.ok() }] : []
}
