import type { Server as HttpServer } from 'node:http'
import type { Http2SecureServer, Http2Server } from 'node:http2'
import type { Server as HttpsServer } from 'node:https'
import { Server as TlsServer } from 'node:tls'

/** A server that {@link attachServer} drains. */
export type AttachableServer = HttpServer | HttpsServer | Http2Server | Http2SecureServer

/** Whether connections of this server begin with a TLS handshake. */
export function isTlsServer(server: AttachableServer): boolean {
  return server instanceof TlsServer
}
