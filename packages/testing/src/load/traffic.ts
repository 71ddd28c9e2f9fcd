import { setTimeout as pause } from 'node:timers/promises'
import type { Connector } from './connector.ts'

/** What a traffic's defaults are made for. */
export type TrafficKind = 'keepAlive' | 'newConnection' | 'slow' | 'stream' | 'upload' | 'sse' | 'http2'

/**
 * Who connects: a client keeps its connection, or HTTP/2 session, or opens one for each request. A function makes the
 * connector of each client, for a protocol of your own.
 */
export type ConnectionUse = 'keepAlive' | 'perRequest' | 'http2' | 'http2PerRequest' | ((url: string) => Connector)

/** A body: sent at once, or piece by piece. */
export type TrafficBody = string | AsyncIterable<string | Uint8Array>

/** What a traffic's `onAnswer` is given. */
export interface TrafficAnswer {
  readonly status: number
  readonly body: string
}

/**
 * One kind of requests, and how many clients make them. A client sends, reads the answer to the end, pauses, sends
 * again; with `perSecond` requests are sent at a fixed rate instead. `sse` stays until the server ends the stream,
 * `upload` sends its body slowly.
 */
export interface Traffic {
  readonly kind: TrafficKind
  readonly path: string
  /** How many clients do this at the same time; with `perSecond` how many connections are kept and used in turn. @default 1 */
  readonly clients?: number
  /**
   * An open loop: so many requests are due each second, whatever becomes of those before, so that a service that stalls
   * is not spared. Each one's time counts from when it was due; where every connection is busy one more is opened.
   * @default a closed loop for each client
   */
  readonly perSecond?: number
  /** How reports call it. @default the kind */
  readonly name?: string
  /** @default 'keepAlive'; 'perRequest' for `newConnection` and `sse`, 'http2' for `http2` */
  readonly connection?: ConnectionUse
  /** @default 'GET', or 'POST' for `upload` */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A function makes one for each request. @default none; for `upload` ten pieces of 1 KiB, one each 50 ms */
  readonly body?: string | (() => TrafficBody)
  /** Between an answer and the next request of a client. @default 10, or 1000 for `sse` */
  readonly pauseMs?: number
  /** When a request counts as not answered. @default 30_000; none for `sse` */
  readonly timeoutMs?: number
  /** Which statuses are a good answer. @default below 400 */
  readonly accept?: (status: number) => boolean
  /** Called for each answer that came to its end, good or not. */
  readonly onAnswer?: (answer: TrafficAnswer) => void
}

/** A traffic with every default applied. */
export type ResolvedTraffic = Required<Omit<Traffic, 'onAnswer' | 'body'>> & Pick<Traffic, 'onAnswer' | 'body'>

/** Applies the defaults of a traffic's kind. */
export function resolveTraffic(traffic: Traffic): ResolvedTraffic {
  const { kind } = traffic
  return {
    clients: 1,
    perSecond: 0,
    name: kind,
    connection: kind === 'http2' ? 'http2' : kind === 'sse' || kind === 'newConnection' ? 'perRequest' : 'keepAlive',
    method: kind === 'upload' ? 'POST' : 'GET',
    pauseMs: kind === 'sse' ? 1000 : 10,
    timeoutMs: kind === 'sse' ? Infinity : 30_000,
    accept: (status) => status < 400,
    ...(kind === 'upload' && { body: () => slowBody() }),
    ...traffic,
    headers: { ...(kind === 'sse' && { accept: 'text/event-stream' }), ...traffic.headers },
  }
}

async function* slowBody(): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < 10; piece++) {
    await pause(50)
    yield new Uint8Array(1024).fill(0x61)
  }
}
