import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ServeProbesOptions } from '../src/probe-server/probe-options.ts'
import type { Command, Told } from './fixtures/blocked-service.ts'

/** A real process whose main thread can be blocked, and its probes. */
export interface BlockedService {
  readonly port: number
  send(command: Exclude<Command, { until: string }>): void
  /** Blocks its main thread until {@link BlockedService.unblock}. */
  block(how?: 'block' | 'block-natively'): void
  /** Resolves when the main loop runs again. */
  unblock(): Promise<void>
  /** Status and text of a probe's answer. */
  ask(path: string): Promise<{ readonly status: number; readonly text: string }>
  /** Asks again and again until the answer is as wanted; throws with the last one after ten seconds. */
  askUntil(path: string, wanted: (answer: { status: number; text: string }) => boolean): Promise<string>
  /** Resolves once it has told that. */
  told(type: Told['type']): Promise<Told>
  /** Resolves to code and message of the first warning that matches. */
  warned(wanted: RegExp): Promise<string>
  /** Resolves to its exit code. */
  readonly exited: Promise<number | null>
  /** Kills what is left of it. */
  end(): Promise<void>
}

/** How to start it. */
export interface BlockedServiceOptions {
  readonly probes?: ServeProbesOptions
  /** With a liveness check that is too old after 500 ms. @default false */
  readonly withCheck?: boolean
  /** Further options of Node. @default [] */
  readonly execArgv?: readonly string[]
}

/** Starts it and waits until it runs. */
export async function startBlockedService(options: BlockedServiceOptions = {}): Promise<BlockedService> {
  const { probes = {}, withCheck = false, execArgv = [] } = options
  const folder = mkdtempSync(join(tmpdir(), 'blocked-service-'))
  const child = fork(
    new URL('./fixtures/blocked-service.ts', import.meta.url),
    [JSON.stringify({ probes, withCheck })],
    {
      execArgv: ['--conditions=@lastcall/source', ...execArgv],
    },
  )
  const heard = listen(child)
  const told = (type: Told['type']) => heard((one) => (one.type === type ? one : undefined))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const ready = await Promise.race([told('ready'), exited])
  if (ready === null || typeof ready === 'number' || ready.type !== 'ready') {
    throw new Error(`The service ended with code ${ready}.`)
  }
  const { port } = ready
  let until = ''

  async function ask(path: string) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: response.status, text: await response.text() }
  }

  return {
    port,
    exited,
    told,
    warned: (wanted) =>
      heard((one) => (one.type === 'warning' ? wanted.exec(`${one.code} ${one.message}`)?.input : undefined)),
    ask,
    send: (command) => void child.send(command),
    block(how = 'block') {
      until = join(folder, `${Date.now()}`)
      child.send({ type: how, until })
    },
    async unblock() {
      const unblocked = told('unblocked')
      writeFileSync(until, '')
      await unblocked
    },
    async askUntil(path, wanted) {
      const giveUpAt = Date.now() + 10_000
      for (;;) {
        const answer = await ask(path)
        if (wanted(answer)) return answer.text
        if (Date.now() > giveUpAt) throw new Error(`${path} still answers ${answer.status} ${answer.text}`)
        await wait(20)
      }
    },
    async end() {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}

/** Makes a function that resolves to what `find` makes of the first thing told in which it finds something. */
function listen(child: ChildProcess): <Found>(find: (told: Told) => Found | undefined) => Promise<Found> {
  const told: Told[] = []
  child.on('message', (one: Told) => void told.push(one))
  return async (find) => {
    for (;;) {
      for (const one of told) {
        const found = find(one)
        if (found !== undefined) return found
      }
      await once(child, 'message')
    }
  }
}
