import { LastcallError } from '@lastcall/core'

/** What came of a thread that was to listen. */
export interface PortFailure {
  readonly code?: string | undefined
  readonly message: string
}

type Describe = (port: number, host: string) => string

const notHere: Describe = (port, host) =>
  `Host '${host}' of the probe port ${port} is no address of this machine: pass one that is, or leave host out.`

const MESSAGES: Readonly<Record<string, Describe>> = {
  EADDRINUSE: (port) => `Probe port ${port} is in use: stop what listens there, or pass another port.`,
  EACCES: (port) => `Probe port ${port} may not be opened by this user: pass a port from 1024 on.`,
  EADDRNOTAVAIL: notHere,
  ENOTFOUND: notHere,
}

/** Why probes are not served on a port, and what to change. */
export function probePortError(port: number, host: string | undefined, failure: PortFailure): LastcallError {
  const message =
    MESSAGES[failure.code ?? '']?.(port, host ?? '') ??
    `Probe port ${port} is not served (${failure.message}): mend that and start again.`
  return new LastcallError('LASTCALL_PROBE_PORT', message, { cause: failure })
}
