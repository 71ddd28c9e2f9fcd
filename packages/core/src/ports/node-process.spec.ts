import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nodeProcess } from './node-process.ts'

/** What every program below begins with; `?copy` makes Node load a module as if from a second copy of the package. */
const PRELUDE = `
  import { nodeProcess } from '${new URL('node-process.ts', import.meta.url).href}'
  import { nodeProcess as copyOfNodeProcess } from '${new URL('node-process.ts?copy', import.meta.url).href}'
  import { joinExit } from '${new URL('../exit/join-exit.ts', import.meta.url).href}'
  const port = nodeProcess()
  const say = (...words) => console.log(words.join(' '))
  const stayAlive = () => setInterval(() => undefined, 60_000)
`

/** Runs a program in a process of its own; sends it a signal for each line `ready` that it writes. */
async function run(program: string, ...signals: NodeJS.Signals[]) {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    PRELUDE + program,
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    for (const _ of text.matchAll(/^ready$/gm)) child.kill(signals.shift())
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  )
  const said = stdout.split('\n').filter((line) => line !== '' && line !== 'ready')
  return { code, signal, said, stderr }
}

function temporaryFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, name)
}

describe('nodeProcess', () => {
  it('is this process', () => {
    const port = nodeProcess()
    expect(port.pid).toBe(process.pid)
    expect(port.env.PATH).toBe(process.env.PATH)
  })

  it('numbers the signals of this system', () => {
    const { signalNumber } = nodeProcess()
    expect(['SIGINT', 'SIGTERM', 'SIGNONE'].map(signalNumber)).toEqual([2, 15, undefined])
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('hears %s instead of dying of it', async (signal) => {
    const program = `
      port.onSignal('${signal}', (signal) => { say('heard', signal); port.exit(0) })
      stayAlive()
      say('ready')`
    expect(await run(program, signal)).toMatchObject({ code: 0, said: [`heard ${signal}`] })
  })

  it('makes room for the listeners of many lifecycles, and gives it back', async () => {
    const program = `
      const before = process.getMaxListeners()
      const stops = Array.from({ length: 30 }, () => port.onSignal('SIGTERM', () => undefined))
      for (const stop of stops) stop()
      say(process.getMaxListeners() - before, process.listenerCount('SIGTERM'))`
    expect(await run(program)).toMatchObject({ code: 0, said: ['0 0'], stderr: '' })
  })

  it('dies of a signal again once it has stopped listening', async () => {
    const program = `
      const stop = port.onSignal('SIGTERM', () => { say('heard'); stop(); say('ready') })
      stayAlive()
      say('ready')`
    expect(await run(program, 'SIGTERM', 'SIGTERM')).toMatchObject({ signal: 'SIGTERM', said: ['heard'] })
  })

  it.each([
    ['an error', 'setImmediate(() => { throw new Error("boom") })', 'heard boom uncaughtException'],
    ['a rejection', 'Promise.reject(new Error("boom"))', 'heard boom unhandledRejection'],
    ['a rejection that is no error', 'Promise.reject("boom")', 'heard ERR_UNHANDLED_REJECTION unhandledRejection'],
  ])('hears of %s that nothing caught', async (_, program, heard) => {
    const listen = `port.onUncaught((error, origin) => say('heard', error.code ?? error.message, origin))\n`
    expect(await run(listen + program)).toMatchObject({ code: 0, said: [heard] })
  })

  it('dies of an uncaught error again once it has stopped listening', async () => {
    const program = `
      port.onUncaught(() => say('heard'))()
      throw new Error('boom')`
    expect(await run(program)).toMatchObject({ code: 1, said: [] })
  })

  it.each([
    ['the code', 'port.exit(3)', 3],
    ['0 for 0', 'port.exit(0)', 0],
    ['the code that the user set, for 0', 'process.exitCode = 7; port.exit(0)', 7],
    ['its own code before the one that the user set', 'process.exitCode = 7; port.exit(1)', 1],
  ])('ends with %s', async (_, program, code) => {
    expect(await run(`stayAlive(); ${program}`)).toMatchObject({ code, signal: null })
  })

  it('ends when all have stopped, those of another copy of the package included', async () => {
    const program = `
      const orders = joinExit(port, 'orders')
      const admin = joinExit(copyOfNodeProcess(), 'admin')
      process.on('exit', (code) => say('exit', code))
      orders.finish(0)
      setImmediate(() => { say('still here'); admin.finish(1) })`
    expect(await run(program)).toMatchObject({ code: 1, said: ['still here', 'exit 1'] })
  })

  it('warns with a name and a code', async () => {
    const { stderr } = await run(`port.warn('raise the timeout', 'LASTCALL_KEEP_ALIVE_RACE')`)
    expect(stderr).toContain('[LASTCALL_KEEP_ALIVE_RACE] LastcallWarning: raise the timeout')
  })

  it.each([
    ['an error, with its stack', 'new TypeError("boom")', /^Uncaught TypeError: boom\n {4}at /],
    ['what is no error', '"boom"', /^Uncaught 'boom'\n$/],
  ])('reports %s', async (_, error, expected) => {
    expect((await run(`port.reportError(${error})`)).stderr).toMatch(expected)
  })

  it('is not interactive without a terminal', async () => {
    expect(await run(`say(port.interactive)`)).toMatchObject({ said: ['false'] })
  })

  describe('writeTerminationLog', () => {
    it('replaces what stands in the file', () => {
      const path = temporaryFile('termination-log')
      writeFileSync(path, 'the text of an earlier container, longer than the new one')
      expect(nodeProcess().writeTerminationLog(path, 'clean')).toBe(true)
      expect(readFileSync(path, 'utf8')).toBe('clean')
    })

    it('makes no file', () => {
      const path = temporaryFile('termination-log')
      const port = nodeProcess()
      expect(port.writeTerminationLog(path, 'clean')).toBe(false)
      expect(port.fileExists(path)).toBe(false)
    })

    it('throws nothing where it cannot write', () => {
      expect(nodeProcess().writeTerminationLog(tmpdir(), 'clean')).toBe(false)
    })
  })
})
