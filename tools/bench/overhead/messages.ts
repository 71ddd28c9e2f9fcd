/** What the process with the servers says. */
export type FromServers =
  | { readonly kind: 'listening'; readonly ports: Readonly<Record<string, number>> }
  | { readonly kind: 'cpu'; readonly micros: number }

/** What is asked of it: how much CPU time it has used so far. */
export type ToServers = 'cpu'
