import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { FAULTS } from '../../test/fixtures/contract/reference-adapter.ts'
import { spawnService } from '../service/spawn-service.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

/** Runs the contract on every faulty adapter, in a Vitest of its own; gives the titles that failed, by fault. */
async function findFailures(): Promise<Record<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'lastcall-contract-'))
  const outputFile = join(folder, 'results.json')
  const args = [vitest, 'run', '--config', 'test/fixtures/contract/vitest.config.ts', '--outputFile', outputFile]
  await using run = await spawnService({ args, cwd: root, ready: false })
  expect(await run.waitForExit()).toMatchObject({ code: 1 })
  const { testResults } = JSON.parse(await readFile(outputFile, 'utf8'))
  await rm(folder, { recursive: true })
  const failures: Record<string, string[]> = Object.fromEntries(FAULTS.map((fault) => [fault, []]))
  for (const { status, title, ancestorTitles } of testResults[0].assertionResults) {
    if (status === 'failed') failures[ancestorTitles[0].replace(' keeps the adapter contract', '')]?.push(title)
  }
  return failures
}

describe('describeAdapterContract', () => {
  let failures: Record<string, string[]>
  beforeAll(async () => {
    failures = await findFailures()
  })

  it.each([
    ['serves the lame duck without Connection: close', 'serves new connections and established ones in the lame duck'],
    ['stops listening at the signal', 'serves new connections and established ones in the lame duck'],
    ['destroys every connection when the drain begins', 'refuses new connections when the drain begins, and finishes'],
    ['waits for idle connections to time out', 'closes idle keep-alive connections'],
    ['goes on listening while it drains', 'refuses new connections when the drain begins'],
    ['asks the authentication about probes', "answers before the app's own authentication"],
    ['shows what checks say to everyone', 'withholds what a check says'],
    ['answers probes from the first lifecycle of the process', 'shares nothing between two apps'],
    ['turns liveness red while draining, and readiness green', 'answers 503 for readiness and 200 for liveness once'],
    ['listens to a signal on the real process', 'leaves no listener on the process'],
    ['leaves a timer behind', 'leaves no listener on the process and no timer'],
    ['does not tell the lifecycle when the framework closes', 'drains once when the app is closed'],
    ['lets requests in flight go on at the deadline', 'names in the report what did not finish'],
  ] satisfies [(typeof FAULTS)[number], string][])('finds out an adapter that %s', (fault, behaviour) => {
    expect(failures[fault]).toContainEqual(expect.stringContaining(behaviour))
  })
})
