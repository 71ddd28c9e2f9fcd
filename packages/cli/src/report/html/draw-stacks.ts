/** How much of what there is in one column. */
export type Stack<Key extends string> = Readonly<Partial<Record<Key, number>>>

/**
 * Draws stacked columns, each 1 wide, in a chart of 100 from its top to its bottom: one path for each key that occurs, the
 * first at the bottom. The highest sum reaches the top.
 */
export function drawStacks<Key extends string>(
  keys: readonly Key[],
  stacks: readonly Stack<Key>[],
): { readonly top: number; readonly paths: readonly { readonly key: Key; readonly path: string }[] } {
  const top = Math.max(1, ...stacks.map((stack) => keys.reduce((sum, key) => sum + (stack[key] ?? 0), 0)))
  const drawn = keys.map((key) => ({ key, path: '' }))
  for (const [x, stack] of stacks.entries()) {
    let height = 0
    for (const column of drawn) {
      const value = stack[column.key] ?? 0
      if (value === 0) continue
      column.path += drawBlock(x, (height / top) * 100, ((height + value) / top) * 100)
      height += value
    }
  }
  return { top, paths: drawn.filter(({ path }) => path !== '') }
}

function drawBlock(x: number, from: number, to: number): string {
  return `M${x} ${round(100 - from)}V${round(100 - to)}h1V${round(100 - from)}z`
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
