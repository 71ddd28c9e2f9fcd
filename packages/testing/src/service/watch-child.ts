import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { type ErrorCode, LastcallError } from '@lastcall/core'
import { collectOutput, type Output } from './output.ts'
import type { ProcessExit } from './service.ts'

/** How long the rest of the output may take after the exit: a process left behind may hold the pipe for ever. */
const OUTPUT_REST_MS = 1000

/** What a child process says, and how it ends. */
export interface ChildWatch {
  readonly output: Output
  /** Resolves when it has ended, after the rest of its output. */
  readonly ended: Promise<ProcessExit>
  /**
   * Gives `run` a signal to stop waiting: the child ended (`LASTCALL_START_FAILED`) or the time is over
   * (`LASTCALL_TIMEOUT`). The error says for what it waited, and shows the last output.
   */
  waitFor<Result>(what: () => string, timeoutMs: number, run: (signal: AbortSignal) => Promise<Result>): Promise<Result>
}

/** Watches a child process; `label` is what errors call it. */
export function watchChild(child: ChildProcessByStdio<null, Readable, Readable>, label: string): ChildWatch {
  const output = collectOutput(child.stdout, child.stderr)
  const ended = waitForEnd(child)

  return {
    output,
    ended,
    async waitFor(what, timeoutMs, run) {
      const controller = new AbortController()
      const fail = (code: ErrorCode, fact: string): void =>
        controller.abort(
          new LastcallError(code, `${label} ${fact} ${what()}. Its last output:\n${output.tail() || '(none)'}`),
        )
      const timer = setTimeout(() => fail('LASTCALL_TIMEOUT', `ran for ${timeoutMs} ms without`), timeoutMs)
      void ended.then(({ code, signal }) =>
        fail('LASTCALL_START_FAILED', `ended with ${signal ?? `code ${code}`} before`),
      )
      return run(controller.signal).finally(() => clearTimeout(timer))
    },
  }
}

async function waitForEnd(child: ChildProcessByStdio<null, Readable, Readable>): Promise<ProcessExit> {
  const closed = once(child, 'close')
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  await Promise.race([closed, pause(OUTPUT_REST_MS, undefined, { ref: false })])
  return { code, signal }
}
