import type { ProcessPort } from '@lastcall/core'
import { constants } from 'node:os'

/** The process as the lifecycle of a drop-in needs it. */
export interface TerminusProcess extends ProcessPort {
  /** Sends a signal to the process itself. */
  raise(signal: string): void
}

/** Kept on `process` itself by every copy of `@lastcall/core`, so that no lifecycle ends another. */
const MEMBERS = Symbol.for('lastcall.exitMembers')

/**
 * The Node process with no more in it than terminus knows of: errors that nothing caught stay Node's or the user's, no
 * platform is told of the end, and a signal that this system lacks is listened to in vain.
 */
export function terminusProcess(): TerminusProcess {
  const host = process as typeof process & { [MEMBERS]?: ProcessPort['exitMembers'] }
  return {
    pid: process.pid,
    env: process.env,
    interactive: false,
    exitMembers: (host[MEMBERS] ??= new Set()),
    signalNumber: (signal) => constants.signals[signal as NodeJS.Signals] ?? 0,
    onSignal(signal, listener) {
      // Room for the listeners of many servers: Node would take more than ten for a leak.
      const widen = (by: number) => process.setMaxListeners(process.getMaxListeners() + by)
      const isLimited = process.getMaxListeners() > 0
      if (isLimited) widen(1)
      process.on(signal, listener)
      return () => {
        process.off(signal, listener)
        if (isLimited) widen(-1)
      }
    },
    onUncaught: () => () => {},
    fileExists: () => false,
    writeTerminationLog: () => false,
    warn: (message, code) => process.emitWarning(message, { type: 'LastcallWarning', code }),
    reportError: () => {},
    nextTick: process.nextTick,
    exit: (code) => process.exit(code),
    raise: (signal) => void process.kill(process.pid, signal),
  }
}
