const ROW = /^ {2}\{ tag: 'framework:([\w-]+)', packages: .+ \},$/

/**
 * The source of the table of fences with a row for one more framework, in its place among the others.
 * Throws when the table has no such rows, or has this one.
 * @param {string} source
 * @param {string} name
 */
export function addFence(source, name) {
  const lines = source.split('\n')
  const rows = lines.flatMap((line, index) => {
    const [, framework] = ROW.exec(line) ?? []
    return framework === undefined ? [] : [{ framework, index }]
  })
  const last = rows.at(-1)
  if (!last) throw new Error('tools/lint/fences.js has no rows of frameworks: add the row by hand.')
  if (rows.some(({ framework }) => framework === name)) {
    throw new Error(`tools/lint/fences.js has a row for ${name} already: remove it, or pass another name.`)
  }
  const next = rows.find(({ framework }) => framework > name)
  return lines
    .toSpliced(next?.index ?? last.index + 1, 0, `  { tag: 'framework:${name}', packages: ['${name}'] },`)
    .join('\n')
}
