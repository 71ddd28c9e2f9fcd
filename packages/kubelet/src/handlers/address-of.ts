import type { ProbeTarget } from '../probes/probe-outcome.ts'

/** Where a handler connects to. */
export interface Address {
  readonly host: string
  readonly port: number
  /** Both in one, as addresses of the web have them. */
  readonly authority: string
}

/** The pod, with its port as this machine has it; or the host of the handler's own, with its port as it stands. */
export function addressOf(action: { readonly host?: string; readonly port: number }, target: ProbeTarget): Address {
  const host = action.host ?? target.host ?? '127.0.0.1'
  const port = (action.host === undefined ? target.ports?.[action.port] : undefined) ?? action.port
  return { host, port, authority: `${host.includes(':') ? `[${host}]` : host}:${port}` }
}
