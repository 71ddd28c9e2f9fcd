import { LastcallError } from '@lastcall/core'
import type { AttachableServer } from './attachable-server.ts'

/** On the server itself, so that another copy of this package sees it too. */
const ATTACHED = Symbol.for('lastcall.attached')

/** Marks a server as attached; the return value takes the mark away. Throws `LASTCALL_ALREADY_ATTACHED` on a second. */
export function markAttached(server: AttachableServer): () => void {
  if (isAttached(server)) {
    throw new LastcallError(
      'LASTCALL_ALREADY_ATTACHED',
      'The server is attached to a lifecycle already: attach it once, or detach it first.',
    )
  }
  Object.defineProperty(server, ATTACHED, { value: true, configurable: true })
  return () => void Reflect.deleteProperty(server, ATTACHED)
}

/** Whether a lifecycle drains this server. */
export function isAttached(server: object): boolean {
  return Object.hasOwn(server, ATTACHED)
}
