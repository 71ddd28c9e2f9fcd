import type { Logger } from '@lastcall/core'
import { Logger as NestLogger } from '@nestjs/common'
import { inspect } from 'node:util'

/**
 * A logger that logs where Nest does; `undefined` when Nest's is off: then warnings and uncaught errors go to the process
 * rather than nowhere.
 */
export function createNestLogger(): Logger | undefined {
  // Nest tells of levels alone.
  const { staticInstanceRef } = NestLogger as unknown as { readonly staticInstanceRef: unknown }
  if (!staticInstanceRef) return undefined
  const nest = new NestLogger('Lifecycle')
  return {
    info: (data, message) => nest.log(say(data, message)),
    warn: (data, message) => nest.warn(say(data, message)),
    error: (data, message) => nest.error(say(data, message)),
  }
}

/** The message, and of the data what it leaves out. */
function say(data: { readonly err?: unknown; readonly error?: unknown; readonly output?: unknown }, message: string) {
  const left = data.err === undefined ? (data.output ?? data.error) : inspect(data.err)
  return left === undefined ? message : `${message}: ${String(left)}`
}
