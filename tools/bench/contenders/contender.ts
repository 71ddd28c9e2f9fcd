import type { Server } from 'node:http'

/** What a contender's service is started with. */
export interface StartOptions {
  readonly port: number
  /** How long to go on serving after the signal, where a setup takes such a number, in milliseconds. */
  readonly lameDuckMs: number
}

/** One way to configure a contender. */
export interface Setup {
  /** `defaults`: the first example of its README; `best`: the options that lose least, as it documents them. */
  readonly name: 'defaults' | 'best'
  /** The configuration, as a reader would write it. */
  readonly quote: string
  /** Serves the routes, and stops in this contender's way at SIGTERM. */
  start(options: StartOptions): Promise<void> | void
}

/** A library, or a way to do without, that stops a service. */
export interface Contender {
  /** As tables call it: the name of its package, where it has one. */
  readonly name: string
  /** What has to be installed and imported for it; none for what Node brings. */
  readonly packages: readonly string[]
  /** The last one is its best. */
  readonly setups: readonly [Setup, ...Setup[]]
  /** Puts it around a server, where it has something to do with each request or connection. */
  wrap?(server: Server): Promise<void> | void
}
