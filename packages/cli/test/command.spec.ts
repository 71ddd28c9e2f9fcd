import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { findFreePort, waitUntil } from '@lastcall/testing'
import { afterAll, describe, expect, it } from 'vitest'
import type { DrillResult } from '../src/drill/result.ts'
import { fixture } from './drill-fixture.ts'
import { validateResult } from './validate-result.ts'

const folder = mkdtempSync(`${tmpdir()}/lastcall-drill-`)
afterAll(() => rmSync(folder, { recursive: true }))

const main = `${import.meta.dirname}/../src/main.ts`
const SHORT = ['--rps=60', '--connections=6', '--warm-up=500ms', '--propagation=800ms', '--grace=8s']

/** Starts the command as a user does; `mark` finds all that it starts by their environment. */
function start(args: readonly string[], mark = '') {
  const env = { ...process.env, LAME_DUCK_MS: '2200', SPEC_MARK: mark, NO_COLOR: '1' }
  return spawn(process.execPath, [...process.execArgv, main, ...args], { env, detached: true })
}

async function run(...args: string[]) {
  const child = start(args)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => (output.stdout += text))
  child.stderr.on('data', (text: Buffer) => (output.stderr += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...output }
}

const hasPython = spawnSync('python3', ['--version']).status === 0

describe.concurrent('lastcall drill', () => {
  it('exits with 0 and writes what it is asked to where nothing is found', async () => {
    const [html, xml] = [`${folder}/drill.html`, `${folder}/drill.xml`]
    const reports = ['--json', '--report', html, '--junit', xml]
    const { code, stdout, stderr } = await run('drill', ...SHORT, ...reports, '--', ...fixture('graceful'))
    expect(code).toBe(0)
    const result = JSON.parse(stdout) as DrillResult
    expect(result).toMatchObject({ schemaVersion: 1, verdict: 'pass', settings: { rps: 60, propagationMs: 800 } })
    expect(result.runs).toHaveLength(1)
    expect(validateResult(result)).toEqual([])
    expect(stderr).toContain('ready after')
    expect(readFileSync(html, 'utf8')).toContain('<!doctype html>')
    expect(readFileSync(xml, 'utf8')).toContain('failures="0"')
  })

  it('exits with 1 and says what to change where something is found', async () => {
    const { code, stdout } = await run('drill', ...SHORT, '--', ...fixture('no-handler'))
    expect(code).toBe(1)
    expect(stdout).toContain('NO-DRAIN-WINDOW')
    expect(stdout).toContain('Handle SIGTERM')
  })

  it('exits with 0 where a fault is known and nothing got worse', async () => {
    const baseline = `${folder}/baseline.json`
    const before = await run('drill', ...SHORT, '--json', '--', ...fixture('no-handler'))
    writeFileSync(baseline, before.stdout)
    const { code, stdout } = await run('drill', ...SHORT, '--baseline', baseline, '--', ...fixture('no-handler'))
    expect([before.code, code]).toEqual([1, 0])
    expect(stdout).toMatch(/^LOST .+\nNO WORSE than the baseline\n$/s)
  })

  it.each([
    ['no command', ['drill'], "missing required argument 'command'"],
    ['a file that there is not', ['drill', '--manifest=none.yaml', '--', 'node'], "Option --manifest is 'none.yaml'"],
    ['a command that ends', ['drill', '--', process.execPath, '-e', '0'], 'ended before it listened on a port'],
  ])('exits with 2 for wrong use: %s', async (_, args, message) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('takes its times from a manifest', async () => {
    const manifest = `${import.meta.dirname}/fixtures/deployment.yaml`
    const args = ['--rps=60', '--connections=6', '--warm-up=500ms', '--propagation=800ms', '--json']
    const { code, stdout } = await run('drill', ...args, `--manifest=${manifest}`, '--', ...fixture('graceful'))
    const result = JSON.parse(stdout) as DrillResult
    expect(result.settings).toMatchObject({ gracePeriodMs: 9000, preStopMs: 1000 })
    expect(result.runs[0]?.timeline[0]?.kind).toBe('terminating')
    expect(code).toBe(0)
  })

  it.skipIf(!hasPython)('drills a server in another language', async () => {
    const port = String(await findFreePort())
    const command = ['python3', '-m', 'http.server', port, '--bind', '127.0.0.1', '--directory', folder]
    const { code, stdout } = await run('drill', ...SHORT, '--json', `--url=http://127.0.0.1:${port}/`, '--', ...command)
    expect(code).toBe(1)
    const { runs, assumptions } = JSON.parse(stdout) as DrillResult
    expect(runs[0]?.verdicts.map((verdict) => verdict.code)).toEqual(['LOST', 'NO-DRAIN-WINDOW'])
    expect(runs[0]?.exitSignal).toBe('SIGTERM')
    expect(assumptions.join('\n')).toContain('It does not know /readyz')
  })
})

// Only there a process can be found by its environment.
describe.skipIf(!existsSync('/proc/self/environ')).concurrent('what a drill has started', () => {
  const marked = (mark: string): number =>
    Number(spawnSync('sh', ['-c', `grep -lsz '^SPEC_MARK=${mark}$' /proc/[0-9]*/environ | wc -l`]).stdout)

  it.each([
    ['Ctrl-C', 'SIGINT', 130],
    ['SIGTERM', 'SIGTERM', 130],
    ['a crash', 'SIGKILL', null],
  ] as const)('is gone after %s', async (name, signal, exitCode) => {
    const mark = `${process.pid}-${signal}`
    const drill = start(['drill', ...SHORT, '--warm-up=60s', '--', ...fixture('port-bound')], mark)
    let progress = ''
    drill.stderr.on('data', (text: Buffer) => (progress += text))
    drill.stdout.resume()
    await waitUntil(() => progress.includes('requests/s'), { timeoutMs: 40_000, what: 'the load' })
    // The drill, its load, the server, what that detached, and what guards it.
    await waitUntil(() => marked(mark) === 5, { timeoutMs: 20_000, what: 'all five processes' })
    const exited = once(drill, 'exit')
    // A terminal sends Ctrl-C to every process of its group.
    process.kill(name === 'Ctrl-C' ? -(drill.pid as number) : (drill.pid as number), signal)
    const [code] = (await exited) as [number | null]
    expect(code).toBe(exitCode)
    await waitUntil(() => marked(mark) === 0, { timeoutMs: 20_000, what: 'the end of all processes' })
  })
})
