import type { Lifecycle } from '@lastcall/core'
import type { AddressInfo } from 'node:net'
import type { Block } from './block-recorder.ts'
import { describeBlock } from './blocked-check.ts'
import { followSnapshot } from './follow-snapshot.ts'
import { createHeartbeat } from './heartbeat.ts'
import { portableSnapshot } from './portable-snapshot.ts'
import { resolveProbeOptions, type ServeProbesOptions } from './probe-options.ts'
import { startBeating } from './start-beating.ts'
import { startProbeThread } from './start-probe-thread.ts'

/** Probes that are served on a port of their own. */
export interface ProbeServer {
  /** Where it listens. */
  readonly address: AddressInfo
  /** Ends the thread and frees the port; happens by itself once the lifecycle has stopped or was disposed of. */
  close(): Promise<void>
}

/**
 * Serves the probes on a port of their own, from a thread of their own: they are answered while the main thread is
 * busy, and say so. It keeps no process alive. Rejects with `LASTCALL_INVALID_OPTION`, and with
 * `LASTCALL_PROBE_PORT` when it cannot listen.
 */
export async function serveProbes(lifecycle: Lifecycle, options: ServeProbesOptions = {}): Promise<ProbeServer> {
  const resolved = resolveProbeOptions(options, lifecycle.options.details)
  const heartbeat = createHeartbeat()
  const stopBeating = startBeating(heartbeat, lifecycle.clock)
  const thread = startProbeThread(
    { options: resolved, snapshot: portableSnapshot(lifecycle), heartbeat: heartbeat.memory },
    {
      onUnblocked: (block) => lifecycle.warn('LASTCALL_EVENT_LOOP_BLOCKED', blockWarning(block)),
      onLost({ code, message }) {
        lifecycle.warn(code, message)
        void close()
      },
    },
  )
  const stopFollowing = followSnapshot(lifecycle, thread.update)
  const stopListening = lifecycle.subscribe((event) => {
    const over = event.type === 'shutdown:end' || event.type === 'lifecycle:dispose'
    // Not before it listens: the end of the lifecycle is no failure to listen.
    if (over) void thread.listening.then(close, () => undefined)
  })
  let closing: Promise<void> | undefined

  function close(): Promise<void> {
    stopBeating()
    stopFollowing()
    stopListening()
    return (closing ??= thread.end())
  }

  try {
    const address = await thread.listening
    if (lifecycle.state.name === 'stopped') await close()
    return { address, close }
  } catch (error) {
    await close()
    throw error
  }
}

function blockWarning(block: Block): string {
  return `The event loop was ${describeBlock(block)}, and nothing was served meanwhile: split that work, or move it to another thread.`
}
