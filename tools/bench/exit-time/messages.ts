/** What the client's process says; times are milliseconds since the epoch. */
export type FromClient =
  | { readonly kind: 'held' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'answered'; readonly at: number }
  | { readonly kind: 'closed' }
