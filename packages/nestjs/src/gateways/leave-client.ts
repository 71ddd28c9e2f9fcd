/** What of a client of a gateway is needed here: one of `ws`, of socket.io, or of whatever else an adapter has. */
export interface Client {
  /** `ws`. */
  close?(code: number, reason: string): void
  terminate?(): void
  /** socket.io: the connection below its namespaces. */
  readonly conn?: { close(discard?: boolean): void }
}

/** The endpoint goes away: RFC 6455, 7.4.1. */
const GOING_AWAY = 1001

/** Tells a client that this endpoint goes away, once what was sent to it has gone. */
export function leaveClient(client: Client): void {
  // Not `disconnect()` of socket.io: a client that was told that does not connect again, as it should, elsewhere.
  if (client.conn) client.conn.close()
  else client.close?.(GOING_AWAY, 'going away')
}

/** Ends the connection of a client without more ado. */
export function cutClient(client: Client): void {
  if (client.conn) client.conn.close(true)
  else client.terminate?.()
}
