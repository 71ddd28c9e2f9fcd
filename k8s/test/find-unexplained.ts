import { isPair, LineCounter, parseDocument, type Scalar, visit } from 'yaml'

/** A number, with or without a unit, or one that is set in a text: `30`, `500m`, `2Gi`, `timeout_seconds=90`. */
const NUMBER = /^\d+(\.\d+)?[A-Za-z%]*$|=\d+$/

/**
 * Names the numbers of a YAML text that no comment explains. A comment explains a number on its own line, and the first
 * one below it.
 */
export function findUnexplained(text: string): string[] {
  const counter = new LineCounter()
  const numbers = new Map<number, string>()
  visit(parseDocument(text, { lineCounter: counter }), {
    Scalar(key, node, path) {
      if (key === 'key' || !NUMBER.test(String(node.value)) || node.range == null) return
      const parent = path.findLast(isPair)
      numbers.set(
        counter.linePos(node.range[0]).line,
        `${String((parent?.key as Scalar).value)}: ${String(node.value)}`,
      )
    },
  })
  const lines = text.split('\n')
  const isExplained = (number: number): boolean => {
    if (/(^|\s)# \S/.test(lines[number - 1] ?? '')) return true
    return number > 1 && !numbers.has(number - 1) && isExplained(number - 1)
  }
  return [...numbers].filter(([line]) => !isExplained(line)).map(([line, said]) => `line ${line}: ${said}`)
}
