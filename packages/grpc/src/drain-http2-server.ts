import type { Drainable, Lifecycle, Work } from '@lastcall/core'
import { attachServer } from '@lastcall/http'
import type { Http2Session, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { AddressServer } from './observe-http2-servers.ts'

/** What the gRPC server does at the turns of its drain. */
export interface DrainSteps {
  readonly name: string
  /** The drain begins. */
  begin(): void
  /** The deadline came: cancels what is left. */
  cancel(): void
  /** Nothing is left on this address. */
  end(): void
}

const HEALTH = '/grpc.health.v1.Health/'
const WATCH = `POST ${HEALTH}Watch`

/** Has a lifecycle drain one address of a gRPC server: as HTTP/2, told in gRPC's words. The return value detaches it. */
export function drainHttp2Server(lifecycle: Lifecycle, http2Server: AddressServer, steps: DrainSteps): () => void {
  const used = new WeakSet<Http2Session>()
  let lastConnectionAt: number | undefined

  /** As every probe is, a health check is left out: kubelet and load balancers connect anew for each. */
  function noteUse({ session }: ServerHttp2Stream, { ':path': path = '' }: IncomingHttpHeaders): void {
    if (!session || used.has(session) || path.startsWith(HEALTH)) return
    used.add(session)
    lastConnectionAt = lifecycle.clock.now()
  }

  const attach = (drainable: Drainable) =>
    lifecycle.attach({
      name: steps.name,
      lameDuck: drainable.lameDuck,
      lastConnectionAt: () => lastConnectionAt,
      async drain() {
        steps.begin()
        await drainable.drain()
        steps.end()
      },
      abort() {
        steps.cancel()
        return toCalls(drainable.abort())
      },
      inFlight: () => toCalls(drainable.inFlight()),
    })

  http2Server.on('stream', noteUse)
  const detach = attachServer(Object.create(lifecycle, { attach: { value: attach } }), http2Server, { probes: false })
  return () => {
    detach()
    http2Server.off('stream', noteUse)
  }
}

/** Requests as gRPC names them: `orders.Orders/Get`. Watchers of the health are no work. */
function toCalls(works: readonly Work[]): readonly Work[] {
  return works
    .filter(({ name }) => name !== WATCH)
    .map((work) => ({ ...work, name: work.name.replace(/^POST \//, '') }))
}
