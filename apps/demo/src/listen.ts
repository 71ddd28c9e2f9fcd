import { ServiceError } from './errors/service-error.ts'

/** Where to listen, and the variable that says so. */
export interface ListenAddress {
  readonly variable: 'PORT' | 'PROBE_PORT' | 'LIVE_PORT'
  readonly port: number
  readonly host: string
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there. Stop it, or set {variable} to another port.',
  EACCES: 'this user may not open it. Set {variable} to 1024 or higher.',
  EADDRNOTAVAIL: 'this machine does not have that address. Set HOST to one it has, or leave it unset.',
  ENOTFOUND: 'no such host is known. Set HOST to an address of this machine, or leave it unset.',
}

/** Runs `listen`; rejects with `ORDERS_PORT_UNUSABLE`, which says what to change, when the port cannot be had. */
export async function listenOn<Result>(
  { variable, port, host }: ListenAddress,
  listen: (address: { port: number; host: string }) => Promise<Result>,
): Promise<Result> {
  try {
    return await listen({ port, host })
  } catch (error) {
    const reason = REASONS[codeOf(error) ?? '']?.replace('{variable}', variable)
    if (reason === undefined) throw error
    throw new ServiceError('ORDERS_PORT_UNUSABLE', `Port ${port} of ${host} cannot be used: ${reason}`, {
      cause: error,
    })
  }
}

/** The code of the socket: an error of a library carries it in its cause. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return code !== undefined && code in REASONS ? code : cause?.code
}
