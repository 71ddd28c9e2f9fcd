import { once } from 'node:events'
import { connect } from 'node:net'
import { addressOf } from '../handlers/address-of.ts'
import { messageOf } from '../handlers/message-of.ts'
import type { ProbeOutcome, ProbeTarget } from './probe-outcome.ts'

/** A connection that opens is a success, whatever the server does with it. */
export async function probeTcp(
  action: { readonly host?: string; readonly port: number },
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const { authority, ...address } = addressOf(action, target)
  const socket = connect(address)
  try {
    await once(socket, 'connect', { signal })
    return { outcome: 'success', message: '' }
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error
    return { outcome: 'failure', message: `dial tcp ${authority}: ${messageOf(reason)}` }
  } finally {
    // Whatever becomes of it is nobody's concern any more.
    socket.on('error', () => undefined).destroy()
  }
}
