import type { LastcallError, ProbeSnapshot } from '@lastcall/core'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Block } from './block-recorder.ts'
import { type PortFailure, probePortError } from './probe-port-error.ts'
import type { ThreadData, ThreadMessage } from './thread-messages.ts'

/** The probe thread, as the main thread sees it. */
export interface ProbeThread {
  /** Settles once: where it listens, or `LASTCALL_PROBE_PORT`. */
  readonly listening: Promise<AddressInfo>
  /** Gives it a newer snapshot. */
  update(snapshot: ProbeSnapshot): void
  /** Ends it; nothing is answered any more. */
  end(): Promise<void>
}

/** What the main thread wants to hear of it. */
export interface ThreadListeners {
  /** The main loop was blocked, and is not any more. */
  onUnblocked(block: Block): void
  /** It ended although nobody had asked it to. */
  onLost(error: LastcallError): void
}

/** Starts the probe thread. It keeps the process alive until it listens, and not after that. */
export function startProbeThread(data: ThreadData, { onUnblocked, onLost }: ThreadListeners): ProbeThread {
  const { host } = data.options
  const { promise: listening, resolve, reject } = Promise.withResolvers<AddressInfo>()
  const worker = new Worker(programUrl(), { name: 'lastcall-probes', workerData: data, ...execArgv() })
  let { port } = data.options
  let listens = false
  let ending = false
  let failure: PortFailure | undefined

  worker.on('message', (message: ThreadMessage) => {
    switch (message.type) {
      case 'listening':
        listens = true
        ;({ port } = message.address)
        worker.unref()
        return resolve(message.address)
      case 'failed':
        return reject(probePortError(port, host, message))
      case 'unblocked':
        return onUnblocked(message)
    }
  })
  worker.on('error', (error) => (failure = error))
  worker.on('exit', (exitCode) => {
    if (ending) return
    const error = probePortError(port, host, failure ?? { message: `the probe thread ended with code ${exitCode}` })
    if (listens) onLost(error)
    else reject(error)
  })

  return {
    listening,
    update: (snapshot) => worker.postMessage(snapshot),
    async end() {
      ending = true
      await worker.terminate()
    },
  }
}

/** The thread's program is beside this file: in the sources, and in either build, where it is an entry of its own. */
function programUrl(): URL {
  return new URL(`./probe-thread${extname(import.meta.url)}`, import.meta.url)
}

/** The sources find each other through a condition, which not every parent was started with. */
function execArgv(): { execArgv?: string[] } {
  return extname(import.meta.url) === '.ts' ? { execArgv: ['--conditions=@lastcall/source'] } : {}
}
