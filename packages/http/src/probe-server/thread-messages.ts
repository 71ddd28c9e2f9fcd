import type { ProbeSnapshot } from '@lastcall/core'
import type { AddressInfo } from 'node:net'
import type { Block } from './block-recorder.ts'
import type { ResolvedProbeOptions } from './probe-options.ts'

/** What the probe thread is started with. It is then sent a {@link ProbeSnapshot} whenever one is new. */
export interface ThreadData {
  readonly options: ResolvedProbeOptions
  readonly snapshot: ProbeSnapshot
  readonly heartbeat: SharedArrayBuffer
}

/** What the probe thread tells the main thread. */
export type ThreadMessage =
  | { readonly type: 'listening'; readonly address: AddressInfo }
  | { readonly type: 'failed'; readonly code: string | undefined; readonly message: string }
  /** The main loop was blocked for longer than `reportMs`, and is not any more. */
  | ({ readonly type: 'unblocked' } & Block)
