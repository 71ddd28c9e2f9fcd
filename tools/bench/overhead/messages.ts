/** What the process with the server says. */
export type FromServer =
  | { readonly kind: 'listening'; readonly port: number }
  /** CPU time that it has used so far, in microseconds. */
  | { readonly kind: 'cpu'; readonly micros: number }

/** What is asked of it: to become one of the contestants, if one is named, and then its CPU time. */
export interface ToServer {
  readonly become?: string
}
