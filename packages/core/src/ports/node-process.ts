import { existsSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { inspect } from 'node:util'
import type { ExitMember, ProcessPort } from './process.ts'

/** Kept on `process` itself, so that two copies of this package in one process still share its end. */
const MEMBERS = Symbol.for('lastcall.exitMembers')

/** The Node process this code runs in. The only file that ends it. */
export function nodeProcess(): ProcessPort {
  const host = process as typeof process & { [MEMBERS]?: Set<ExitMember> }
  return {
    pid: process.pid,
    env: process.env,
    interactive: isatty(0),
    exitMembers: (host[MEMBERS] ??= new Set()),
    signalNumber: (signal) => constants.signals[signal as NodeJS.Signals],
    onSignal: listen,
    // A rejection that nothing caught arrives here too, unless the user listens to `unhandledRejection`.
    onUncaught: (listener) => listen('uncaughtException', listener),
    fileExists: existsSync,
    writeTerminationLog(path, text) {
      if (!existsSync(path)) return false
      try {
        writeFileSync(path, text)
        return true
      } catch {
        return false
      }
    },
    warn: (message, code) => process.emitWarning(message, { type: 'LastcallWarning', code }),
    reportError: (error) => void process.stderr.write(`Uncaught ${inspect(error)}\n`),
    nextTick: process.nextTick,
    exit: (code) => process.exit(code === 0 ? process.exitCode : code),
  }
}

/** Many lifecycles may live in one process, as in its tests: each brings the room that its listeners take. */
function listen<Args extends readonly never[]>(event: string, listener: (...args: Args) => void): () => void {
  const widen = (by: number) => process.setMaxListeners(process.getMaxListeners() + by)
  const isLimited = process.getMaxListeners() > 0
  if (isLimited) widen(1)
  process.on(event, listener)
  return () => {
    process.off(event, listener)
    if (isLimited) widen(-1)
  }
}
