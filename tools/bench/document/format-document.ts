import type { Contender } from '../contenders/contender.ts'
import type { Room } from '../room.ts'
import { formatTable } from '../table/table.ts'
import type { Circumstances } from './circumstances.ts'
import { NOTES } from './notes.ts'
import type { Result } from './results.ts'

const HEAD = `# Benchmarks

Lastcall next to the other ways to stop a Node service. Measured by this repository's own \`tools/bench\`:

\`\`\`sh
npm run bench                  # builds, measures everything, writes this page: about half an hour
npm run bench -- size overhead # measures only these again
\`\`\`

Every number is a comparison on one machine at one time: contenders take turns, in an order drawn anew for each round, so that what disturbs one disturbs all. Read the ratios and the spreads, not the milliseconds: a load average above the number of processors says that the machine had other work too, which stretches every time. The tables as data: \`tools/bench/results\`.`

/** The whole page, as Markdown. */
export function formatDocument(rooms: readonly (readonly [Room, Result])[], contenders: readonly Contender[]): string {
  const sections = rooms.map(([room, { tables, circumstances }]) =>
    [`## ${room.title}`, room.text, ...tables.map(formatTable), `Measured on ${describe(circumstances)}.`].join('\n\n'),
  )
  const versions = Object.entries(Object.assign({}, ...rooms.map(([, result]) => result.circumstances.versions)))
  return [
    HEAD,
    ...sections,
    `## Where a peer is better\n\n${NOTES}`,
    `## The setups\n\n${listSetups(contenders)}`,
    `## Versions\n\n${formatTable({ columns: ['package', 'version'], rows: versions as [string, string][] })}`,
  ].join('\n\n')
}

function describe({ date, node, machine }: Circumstances): string {
  return `${date} with Node ${node} on ${machine}`
}

function listSetups(contenders: readonly Contender[]): string {
  const lines = contenders.flatMap(({ name, setups }) =>
    setups.map((setup) => `- ${name}, ${setup.name}: \`${setup.quote}\``),
  )
  return [
    '`defaults` is the first example of a README. `best` has the options that lose least, as the package documents them, and a lame duck of 5 s, the propagation that the preset `kubernetes` of Lastcall assumes: in the package’s own hook or option where it has one, else as a sleep before it, which is more than its documents say.',
    lines.join('\n'),
  ].join('\n\n')
}
