/** One piece of work in flight: a request, a stream, an upgraded connection, a hold. */
export interface Work {
  readonly kind: 'request' | 'stream' | 'upgrade' | 'connection' | 'hold'
  /** What a reader of the report recognises: `GET /orders/7`, `charge card`. */
  readonly name: string
  /** How long it has been in flight, in milliseconds. */
  readonly ageMs: number
}
