/** The conditions of an endpoint, as an EndpointSlice carries them. */
export interface EndpointConditions {
  /** `serving` and not `terminating`. */
  readonly ready: boolean
  /** The pod's readiness, also while it is being deleted. */
  readonly serving: boolean
  readonly terminating: boolean
}
