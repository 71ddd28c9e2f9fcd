// `npm run bench` measures every room and writes docs/benchmarks.md; `npm run bench -- size …` only those named.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { CONTENDERS } from './contenders/index.ts'
import { noteCircumstances } from './document/circumstances.ts'
import { formatDocument } from './document/format-document.ts'
import { readResult, writeResult } from './document/results.ts'
import { placeLosses } from './document/summarize-losses.ts'
import { drill } from './drill/room.ts'
import { exitTime } from './exit-time/room.ts'
import { lostRequests } from './lost-requests/room.ts'
import { overhead } from './overhead/room.ts'
import type { Room } from './room.ts'
import { size } from './size/room.ts'
import { formatTable } from './table/table.ts'

const ROOMS: readonly Room[] = [lostRequests, drill, exitTime, overhead, size]
const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))
const README = fileURLToPath(new URL('../../README.md', import.meta.url))

const names = process.argv.slice(2)
const unknown = names.filter((name) => !ROOMS.some((room) => room.name === name))
if (unknown.length > 0) {
  console.error(`bench: there is no ${unknown.join(', ')}: name one of ${ROOMS.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const contenders = Object.values(CONTENDERS)
const packages = [...new Set([...contenders.flatMap((contender) => contender.packages), 'fastify'])]
for (const room of ROOMS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const circumstances = noteCircumstances(packages)
  const tables = await room.measure((progress) => console.error(`${room.name}: ${progress}`))
  writeResult(room.name, { circumstances, tables })
  console.log(`\n${room.title}\n`)
  for (const table of tables) console.log(`${formatTable(table)}\n`)
}

const results = ROOMS.flatMap((room) => {
  const result = readResult(room.name)
  return result ? [[room, result] as const] : []
})
async function write(path: string, markdown: string): Promise<void> {
  writeFileSync(path, await format(markdown, { ...(await resolveConfig(path)), parser: 'markdown' }))
}
await write(DOCUMENT, formatDocument(results, contenders))
const [losses] = readResult(lostRequests.name)?.tables ?? []
if (losses) await write(README, placeLosses(readFileSync(README, 'utf8'), losses))
console.error('bench: wrote docs/benchmarks.md, and the losses into README.md')
