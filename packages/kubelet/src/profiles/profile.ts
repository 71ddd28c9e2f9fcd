/** How a platform stops a process and routes to it. Times in milliseconds. */
export interface Profile {
  readonly name: string
  /** From the stop to the kill, where nothing else is said. */
  readonly gracePeriodMs: number
  /** The least time between the stop signal and the kill, whatever came before. */
  readonly minimumGraceMs: number
  /** Where the container says nothing else. */
  readonly stopSignal: string
  /** Whom the stop signal reaches: the first process, or every process. */
  readonly signalTarget: 'leader' | 'group'
  /** How long new connections may still arrive after the platform began to stop routing. */
  readonly propagationMs: number
  /** How far that may differ, to either side. */
  readonly spreadMs: number
  /** Routing ends, and is given `propagationMs`, before the stop signal is sent; the grace period starts after it. */
  readonly removesEndpointsFirst: boolean
  /** Where no endpoint is ready, those that are terminating and still serve get new connections (KEP-1669). */
  readonly lastEndpointFallback: boolean
  /** Where the numbers come from. */
  readonly docs: string
}
