import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readmeSamples, type Sample } from './readme-samples.ts'
import { find, read, root } from './repository.ts'

const samples = ['README.md', ...find('{packages/*,apps/*,docs,docs/**}/*.md')].flatMap((path) =>
  readmeSamples(path, read(path)),
)
const folder = mkdtempSync(join(tmpdir(), 'lastcall-samples-'))
// JavaScript for a peer's code: it is not type checked.
const fileOf = ({ name, kind }: Sample) =>
  join(folder, `${name.replaceAll(/\W+/g, '-')}.${kind}.${kind === 'before' ? 'js' : 'ts'}`)
const byName = (kind: Sample['kind']) =>
  samples.filter((one) => one.kind === kind).map((one) => [one.name, one] as const)

const TSCONFIG = {
  extends: './tsconfig.base.json',
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
  include: ['*.ts'],
}

/**
 * Runs a sample; a service is stopped as a platform does, once it runs and, where it listens, says it is ready: by the
 * readiness probe, or by any answer where it has none. One that takes no signals ends by itself.
 */
async function runProgram(sample: Sample): Promise<{ code: number | null; signal: string | null; output: string }> {
  const listens = /\b(listen|serveProbes)\(/.test(sample.code)
  const endsByItself = sample.code.includes('lifecycle.shutdown(')
  // As a variable, so that the threads of the sample get it too.
  const NODE_OPTIONS = `--conditions=@lastcall/source --import=${root}tools/checks/fixtures/preload-sample.ts`
  const env = { PATH: process.env.PATH, NODE_OPTIONS }
  const child = spawn(process.execPath, [fileOf(sample)], { stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))

  const closed = once(child, 'close')
  const giveUp = setTimeout(() => child.kill('SIGKILL'), 30_000)
  while (child.exitCode === null && child.signalCode === null) {
    const runs = listens ? await isReady(output, sample.kind === 'before') : output.includes('[running]')
    if (runs && !endsByItself) {
      child.kill('SIGTERM')
      break
    }
    await sleep(20)
  }
  const [code, signal] = (await closed) as [number | null, string | null]
  clearTimeout(giveUp)
  return { code, signal, output }
}

/** Whether a port that the sample has told of answers the readiness probe, or anything to anything. */
async function isReady(output: string, byAnyAnswer: boolean): Promise<boolean> {
  const ports = [...output.matchAll(/\[listening on (\d+)\]/g)].map(([, port]) => port)
  const ask = (port?: string) =>
    fetch(`http://localhost:${port}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
      ({ status }) => byAnyAnswer || status === 200,
      () => false,
    )
  return (await Promise.all(ports.map(ask))).includes(true)
}

describe('the samples of the documents', () => {
  beforeAll(() => {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const sample of samples) writeFileSync(fileOf(sample), sample.code)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('type check', () => {
    const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it.each(byName('program'))('run: %s', async (_name, sample) => {
    expect(await runProgram(sample)).toMatchObject({ code: 0 })
  })

  it.each(byName('before'))('run in the code of a peer, and end by themselves: %s', async (_name, sample) => {
    // Some die of the signal in the end.
    const ends = [{ code: 0 }, { signal: 'SIGTERM' }].map((end) => expect.objectContaining(end))
    expect(ends).toContainEqual(await runProgram(sample))
  })

  it.runIf(byName('spec').length > 0)('run under Vitest', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const args = ['run', `--root=${folder}`, `--config=${join(root, 'tools/checks/fixtures/samples.config.ts')}`]
    const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8', cwd: folder })
    expect(status, stdout + stderr).toBe(0)
  })
})

describe('readmeSamples', () => {
  it('takes whole blocks, names them by their line and tells programs, specs and the code of peers apart', () => {
    const markdown =
      "# A\n\n```ts\nstart()\n```\n\n```ts fragment\nuse(\n```\n\n```ts\nimport { it } from 'vitest'\n```\n\n```js before\nstop()\n```\n"
    expect(readmeSamples('a.md', markdown)).toEqual([
      { name: 'a.md:3', code: 'start()\n', kind: 'program' },
      { name: 'a.md:11', code: "import { it } from 'vitest'\n", kind: 'spec' },
      { name: 'a.md:15', code: 'stop()\n', kind: 'before' },
    ])
  })
})
