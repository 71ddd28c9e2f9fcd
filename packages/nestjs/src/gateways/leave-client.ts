/** What of a client of a gateway is needed here: one of `ws`, of socket.io, or of whatever else an adapter has. */
export interface Client {
  /** `ws`. */
  close?(code: number, reason: string): void
  terminate?(): void
  /** socket.io. */
  disconnect?(close: boolean): void
}

/** The endpoint goes away: RFC 6455, 7.4.1. */
const GOING_AWAY = 1001

/** Tells a client that this endpoint goes away. */
export function leaveClient(client: Client): void {
  // Before `close`: what has `disconnect` has no close codes.
  if (client.disconnect) client.disconnect(true)
  else client.close?.(GOING_AWAY, 'going away')
}

/** Ends the connection of a client without more ado. */
export function cutClient(client: Client): void {
  if (client.terminate) client.terminate()
  else client.disconnect?.(true)
}
