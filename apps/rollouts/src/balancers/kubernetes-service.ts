import { type Connector, createHttp1Connector } from '@lastcall/testing'
import { createRouter, realClock } from '@lastcall/kubelet'
import type { StartBalancer } from './balancer.ts'

/** What `PRESETS.kubernetes` has for the propagation, as far as it may vary. */
const PROPAGATION = { propagationMs: 4000, spreadMs: 1000 }

/**
 * What kube-proxy does, by the simulator: a new connection goes to a replica that is ready as far as the router knows,
 * which hears of changes late. An established connection stays where it is until the replica ends it.
 */
export const startKubernetesService: StartBalancer = async ({ addresses, port }) => {
  const router = createRouter({ clock: realClock, ...PROPAGATION })
  const slots = new Map<string, number>()

  function connect(keepAlive: boolean): Connector {
    let inner: Connector | undefined
    return {
      get established() {
        return inner?.established ?? false
      },
      async send(request) {
        if (!inner?.established) {
          inner?.close()
          const pod = router.connect()?.pod
          const address = addresses[slots.get(pod ?? '') ?? -1]
          // Where there is no endpoint at all, a client gets no connection either.
          inner = createHttp1Connector(
            `http://${address ?? '127.0.0.1'}:${address === undefined ? 1 : port}`,
            keepAlive,
          )
        }
        return inner.send(request)
      },
      close: () => inner?.close(),
    }
  }

  return {
    url: `http://${addresses[0]}:${port}`,
    connections: { kept: () => connect(true), opened: () => connect(false) },
    watch(pod, slot) {
      slots.set(pod.name, slot)
      router.watch(pod)
    },
    routed: async () => router.endpoints().map((pod) => slots.get(pod) ?? -1),
    async [Symbol.asyncDispose]() {
      router.dispose()
    },
  }
}
