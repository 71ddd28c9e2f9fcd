import type { Lifecycle } from '@lastcall/core'
import { Server } from 'node:net'
import type { RpcServer } from './attach-rpc-server.ts'
import type { Messages } from './create-messages.ts'
import { createTcpDrain } from './create-tcp-drain.ts'

/** How one kind of transport comes to its end. */
export interface TransportDrain {
  /** Finishes what came and takes nothing more; resolves when nothing is left. */
  drain(): Promise<void>
  /** Destroys what is left. */
  abort(): void
}

/** What of a server of `@grpc/grpc-js` is needed here. */
interface GrpcServer {
  tryShutdown(callback: () => void): void
  forceShutdown(): void
}

/** Makes the drain that a server's transport needs. */
export function createTransportDrain(lifecycle: Lifecycle, server: RpcServer, messages: Messages): TransportDrain {
  const tcp = tcpServerOf(server)
  if (tcp) {
    const { drain, abort } = createTcpDrain(lifecycle, tcp, messages)
    return {
      drain() {
        // Nest would listen again, where it was told to retry.
        server.isManuallyTerminated = true
        return drain()
      },
      abort,
    }
  }
  const aborted = Promise.withResolvers<void>()
  // Looked at late: gRPC has its server from when it listens.
  const grpcServer = () => server.grpcClient as GrpcServer | null | undefined
  return {
    async drain() {
      const grpc = grpcServer()
      const over = grpc ? new Promise<void>((resolve) => grpc.tryShutdown(() => resolve())) : messages.idle()
      await Promise.race([over, aborted.promise])
      // A broker keeps what nobody takes, and gives again what nobody acknowledged.
      await server.close()
    },
    abort() {
      grpcServer()?.forceShutdown()
      aborted.resolve()
    },
  }
}

/** The TCP server of a transport that has it from the beginning. */
function tcpServerOf(server: RpcServer): Server | undefined {
  try {
    const below = server.unwrap?.()
    return below instanceof Server ? below : undefined
  } catch {
    return undefined
  }
}
