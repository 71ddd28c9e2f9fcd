import type { TimelineEvent } from '../drill/result.ts'
import { isRunning } from './is-running.ts'
import { type ProbeChange, watchProbe } from './probe-watch.ts'
import type { DrilledServer } from './start-server.ts'
import type { ReadyServer } from './wait-until-ready.ts'
import { watchListener } from './watch-listener.ts'

/** Often enough to tell when a probe turns. */
const PROBE_MS = 100
/** When routing is over a server may wait until no connection comes; the kubelet's own pace is no more than this. */
const QUIET_PROBE_MS = 1000

/** What was seen of a server from outside. Times are of `now`. */
export interface ServerWatch {
  readonly readiness: readonly ProbeChange[]
  readonly liveness: readonly ProbeChange[]
  readonly listenerClosedMs: number | undefined
  /** Probes less often from now on. */
  slowDown(): void
  stop(): void
}

/** Watches the probes and the listening socket of a server. */
export function watchServer(
  { pid }: Pick<DrilledServer, 'pid'>,
  { readiness, liveness, port }: ReadyServer,
  onEvent: (kind: TimelineEvent['kind'], atMs: number, detail?: string) => void,
): ServerWatch {
  let listenerClosedMs: number | undefined
  const watch = (url: URL | undefined, red: TimelineEvent['kind'], green: TimelineEvent['kind']) =>
    url &&
    watchProbe(url, PROBE_MS, ({ healthy, atMs, status }) => onEvent(healthy ? green : red, atMs, String(status)))
  const probes = {
    readiness: watch(readiness, 'readinessRed', 'readinessGreen'),
    liveness: watch(liveness, 'livenessRed', 'livenessGreen'),
  }
  const stopListener = watchListener(
    port,
    () => isRunning(pid),
    (atMs) => {
      listenerClosedMs = atMs
      onEvent('listenerClosed', atMs)
    },
  )

  return {
    readiness: probes.readiness?.changes ?? [],
    liveness: probes.liveness?.changes ?? [],
    get listenerClosedMs() {
      return listenerClosedMs
    },
    slowDown() {
      probes.readiness?.setPeriod(QUIET_PROBE_MS)
      probes.liveness?.setPeriod(QUIET_PROBE_MS)
    },
    stop() {
      probes.readiness?.stop()
      probes.liveness?.stop()
      stopListener()
    },
  }
}
