import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

it.each(['plain', 'lastcall'])('shows the server in the README whose drill it shows: %s', (name) => {
  expect(read('../README.md')).toContain(`\n${read(`readme/${name}/server.js`)}\`\`\``)
})
