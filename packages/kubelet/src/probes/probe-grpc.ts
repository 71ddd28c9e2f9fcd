import type { Client, ServiceError } from '@grpc/grpc-js'
import { addressOf } from '../handlers/address-of.ts'
import { messageOf } from '../handlers/message-of.ts'
import { userAgentOf } from '../handlers/resolve-headers.ts'
import type { ProbeOutcome, ProbeTarget } from './probe-outcome.ts'

interface HealthClient extends Client {
  check(request: { service: string }, callback: (error: ServiceError | null, reply?: { status: string }) => void): void
}

/** `SERVING` is a success and everything else a failure. Waits for the connection as long as it may. */
export async function probeGrpc(
  { port, service }: { readonly port: number; readonly service: string },
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const { authority } = addressOf({ port }, target)
  const client = await createClient(authority)
  let connected = false
  try {
    await whenReady(client, signal)
    connected = true
    const status = await check(client, service, signal)
    return status === 'SERVING'
      ? { outcome: 'success', message: 'service healthy' }
      : { outcome: 'failure', message: `service unhealthy (responded with "${status}")` }
  } catch (error) {
    const what = connected ? 'health rpc probe failed' : `failed to connect service at "${authority}"`
    return { outcome: 'failure', message: `${what}: ${messageOf(error)}` }
  } finally {
    client.close()
  }
}

async function createClient(authority: string): Promise<HealthClient> {
  // Loaded when it is first needed: it takes longer than everything else together.
  const [{ credentials, makeGenericClientConstructor }, health] = await Promise.all([
    import('@grpc/grpc-js'),
    import('grpc-health-check'),
  ])
  const Health = makeGenericClientConstructor(health.service, 'Health')
  return new Health(authority, credentials.createInsecure(), {
    'grpc.primary_user_agent': userAgentOf('kube-probe'),
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
  }) as unknown as HealthClient
}

function whenReady(client: Client, signal: AbortSignal): Promise<void> {
  return untilAborted(signal, (settle) => client.waitForReady(Infinity, (error) => settle(error)))
}

function check(client: HealthClient, service: string, signal: AbortSignal): Promise<string | undefined> {
  return untilAborted(signal, (settle) => client.check({ service }, (error, reply) => settle(error, reply?.status)))
}

function untilAborted<Result = void>(
  signal: AbortSignal,
  call: (settle: (error?: Error | null, result?: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    call((error, result) => {
      signal.removeEventListener('abort', abort)
      if (error) reject(error)
      else resolve(result as Result)
    })
  })
}
