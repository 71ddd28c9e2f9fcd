import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Lifecycle } from '@lastcall/core'

/** A route the app is to have: GET, answered 200 with the text or the stream that `answer` gives. */
export interface ContractRoute {
  readonly path: string
  readonly answer: () => Promise<string | Readable>
}

/** What a factory makes an app of, the way a user would. */
export interface ContractContext {
  /** To be given to the adapter. The contract starts it. */
  readonly lifecycle: Lifecycle
  readonly routes: readonly ContractRoute[]
  /** Whether the app's own authentication lets a request in: to be asked for every request, which is answered 401 if not. */
  readonly authorize: (headers: IncomingHttpHeaders) => boolean
}

/** An app that listens. */
export interface ContractApp {
  /** `http://127.0.0.1:<port>`; listen on port 0. */
  readonly url: string
  /** The framework's own close; left out where it has none. */
  readonly close?: () => Promise<unknown>
}

/** Builds an app with the adapter under test, and has it listen. */
export type ContractFactory = (context: ContractContext) => Promise<ContractApp>
