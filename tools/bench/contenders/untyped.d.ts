declare module 'stoppable' {
  import type { Server } from 'node:http'
  export default function stoppable<S extends Server>(
    server: S,
    graceMs?: number,
  ): S & { stop(callback?: () => void): void }
}
