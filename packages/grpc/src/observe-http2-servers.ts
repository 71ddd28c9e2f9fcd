import type { Server } from '@grpc/grpc-js'
import { LastcallError } from '@lastcall/core'
import type { Http2SecureServer, Http2Server } from 'node:http2'

/** An HTTP/2 server that a gRPC server makes for one of its addresses. */
export type AddressServer = Http2Server | Http2SecureServer

type CreateServer = (this: Server, ...credentials: readonly unknown[]) => AddressServer

/** What grpc-js keeps to itself: there is no other way to say GOAWAY and go on serving, or to tell what is in flight. */
interface Internals {
  createHttp2Server: CreateServer
  readonly http2Servers: ReadonlyMap<AddressServer, unknown>
}

/**
 * Makes what tells of each HTTP/2 server of a gRPC server before it has connections: those it is bound to, and those
 * to come. Throws `LASTCALL_INVALID_OPTION` for what is no server of `@grpc/grpc-js`.
 */
export function createHttp2Observer(server: Server): (onServer: (http2Server: AddressServer) => void) => () => void {
  const internals = server as unknown as Internals
  const { createHttp2Server, http2Servers } = internals
  if (typeof createHttp2Server !== 'function' || !(http2Servers instanceof Map)) {
    throw new LastcallError(
      'LASTCALL_INVALID_OPTION',
      'The gRPC server is none that attachGrpcServer knows: pass a Server of @grpc/grpc-js 1, 1.10 or newer.',
    )
  }

  return (onServer) => {
    function createObserved(this: Server, ...credentials: readonly unknown[]): AddressServer {
      const http2Server = Reflect.apply(createHttp2Server, this, credentials)
      onServer(http2Server)
      return http2Server
    }

    for (const http2Server of http2Servers.keys()) onServer(http2Server)
    internals.createHttp2Server = createObserved
    return () => {
      if (internals.createHttp2Server === createObserved) internals.createHttp2Server = createHttp2Server
    }
  }
}
