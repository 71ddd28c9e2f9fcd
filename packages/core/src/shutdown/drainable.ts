import type { Work } from './work.ts'

/**
 * Something that takes requests: what a server package attaches to a lifecycle so that it is drained.
 * The engine calls `lameDuck`, `drain` and `abort` in this order, each at most once; `abort` only at the deadline.
 */
export interface Drainable {
  /** How the report names it: `http`, `grpc`. */
  readonly name: string
  /** The signal came: keep serving, and tell every client to go elsewhere after its response. */
  lameDuck(): void
  /** When the last new connection brought its first request (probes left out), on the lifecycle's clock. */
  lastConnectionAt(): number | undefined
  /** Stops listening and finishes what is in flight; settles when nothing is left. */
  drain(): Promise<void>
  /** The deadline came: destroys what is left and says what was cut. `drain` settles soon after. */
  abort(): readonly Work[]
  /** What is in flight at this moment, oldest first. */
  inFlight(): readonly Work[]
}
