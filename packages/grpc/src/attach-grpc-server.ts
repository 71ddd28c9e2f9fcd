import type { Server } from '@grpc/grpc-js'
import { LastcallError, type Lifecycle } from '@lastcall/core'
import { service } from 'grpc-health-check'
import { drainHttp2Server } from './drain-http2-server.ts'
import { createHealthService, type HealthService } from './health/health-service.ts'
import { DEFAULT_SERVICES, type ServiceHealths } from './health/serving-status.ts'
import { joinShutdown } from './join-shutdown.ts'
import { type AddressServer, createHttp2Observer } from './observe-http2-servers.ts'

/** Options of {@link attachGrpcServer}. */
export interface GrpcOptions {
  /** Services by the names that clients ask for, each with a probe or with names of checks. Added to `''`, `readiness`, `liveness` and `startup`. */
  readonly services?: ServiceHealths
  /** How events and reports name the server. @default 'grpc' */
  readonly name?: string
}

/**
 * Adds grpc.health.v1 to a gRPC server, and has a lifecycle drain it. Call it before the server has connections, bound
 * or not. The return value detaches it. Throws `LASTCALL_ALREADY_ATTACHED` when the server has a health service, and
 * `LASTCALL_INVALID_OPTION` for what is no server of `@grpc/grpc-js`.
 */
export function attachGrpcServer(lifecycle: Lifecycle, server: Server, options: GrpcOptions = {}): () => void {
  const observe = createHttp2Observer(server)
  const health = createHealthService(lifecycle, { ...DEFAULT_SERVICES, ...options.services })
  addHealthService(server, health)
  const shutdown = joinShutdown(lifecycle, server)
  const open = new Set<AddressServer>()
  const detachments: (() => void)[] = []

  const stopObserving = observe((http2Server) => {
    open.add(http2Server)
    const detach = drainHttp2Server(lifecycle, http2Server, {
      name: options.name ?? 'grpc',
      begin: health.end,
      cancel: () => server.forceShutdown(),
      end() {
        open.delete(http2Server)
        if (open.size === 0) shutdown.finish()
      },
    })
    detachments.push(detach)
  })

  return () => {
    stopObserving()
    for (const detach of detachments) detach()
    shutdown.leave()
    health.stop()
    server.removeService(service)
  }
}

function addHealthService(server: Server, { handlers, stop }: HealthService): void {
  try {
    server.addService(service, { ...handlers })
  } catch (cause) {
    stop()
    throw new LastcallError(
      'LASTCALL_ALREADY_ATTACHED',
      'The gRPC server has a health service already: attach it once, and leave grpc.health.v1 to attachGrpcServer.',
      { cause },
    )
  }
}
