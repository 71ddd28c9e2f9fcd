import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '@lastcall/testing'

/** What to run. */
export interface ProgramOptions {
  readonly command: string
  /** Its configuration, made for the folder that it lies in. */
  readonly configure: (folder: string) => string
  readonly args: (file: string, folder: string) => readonly string[]
  /** Whether it serves. */
  readonly isReady: () => Promise<boolean>
}

/** Starts a program with a configuration in a folder of its own; its disposal ends the one and removes the other. */
export async function startProgram({ command, configure, args, isReady }: ProgramOptions): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-rollouts-'))
  const file = join(folder, `${command}.conf`)
  writeFileSync(file, configure(folder))
  const child = spawn(command, args(file, folder), { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'exit')
  const program = {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended.catch(() => {}) // It was never there.
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    const failed = ended.then(([code]) => {
      throw new Error(`${command} has ended with ${code}:\n${output}`)
    })
    failed.catch(() => {}) // It ends in the end.
    await Promise.race([failed, waitUntil(isReady, { what: `${command} being ready`, timeoutMs: 20_000 })])
    return program
  } catch (error) {
    await program[Symbol.asyncDispose]()
    throw error
  }
}
