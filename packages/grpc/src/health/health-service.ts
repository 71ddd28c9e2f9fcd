import { type handleServerStreamingCall, type handleUnaryCall, status } from '@grpc/grpc-js'
import type { Lifecycle } from '@lastcall/core'
import { type ServiceHealths, servingStatus, type ServingStatus } from './serving-status.ts'
import { createWatchers, type Watchers } from './watchers.ts'

/** A client's question: which service. */
export interface HealthRequest {
  readonly service: string
}

/** The answer for one service. */
export interface HealthResponse {
  readonly status: ServingStatus
}

/** The answer for all of them. */
export interface HealthListResponse {
  readonly statuses: Readonly<Record<string, HealthResponse>>
}

/** grpc.health.v1.Health, as `server.addService` takes it, and the end of its watchers. */
export interface HealthService extends Pick<Watchers, 'end' | 'stop'> {
  readonly handlers: {
    readonly check: handleUnaryCall<HealthRequest, HealthResponse>
    readonly list: handleUnaryCall<object, HealthListResponse>
    readonly watch: handleServerStreamingCall<HealthRequest, HealthResponse>
  }
}

/** Makes the health service of a lifecycle: every answer is derived from its probes and checks when it is given. */
export function createHealthService(lifecycle: Lifecycle, healths: ServiceHealths): HealthService {
  const services = new Map(Object.entries(healths))

  function statusOf(service: string): ServingStatus {
    const health = services.get(service)
    return health === undefined ? 'SERVICE_UNKNOWN' : servingStatus(lifecycle, health)
  }

  const watchers = createWatchers(lifecycle, statusOf)
  return {
    end: watchers.end,
    stop: watchers.stop,
    handlers: {
      check({ request: { service } }, callback) {
        if (services.has(service)) return callback(null, { status: statusOf(service) })
        callback({ code: status.NOT_FOUND, details: `There is no service '${service}' here.` })
      },
      list(_call, callback) {
        const statuses = [...services.keys()].map((service) => [service, { status: statusOf(service) }] as const)
        callback(null, { statuses: Object.fromEntries(statuses) })
      },
      watch(call) {
        const remove = watchers.add(call.request.service, {
          tell: (status) => void call.write({ status }),
          end: () => call.end(),
        })
        call.on('cancelled', remove)
      },
    },
  }
}
