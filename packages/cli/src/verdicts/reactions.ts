import type { RunFacts } from '../facts/run-facts.ts'

/** What is seen so shortly before a kill is the kill itself. */
const KILL_MS = 50

/** A process that ends by itself closes its sockets first, and on a busy machine takes so long to be gone. */
const EXIT_MS = 250

/** When the server first showed that it knows of its end; `undefined` when it never did before it was gone. */
export function reactedAt({ requests, readiness, listenerClosedMs, killedMs, exitMs }: RunFacts): number | undefined {
  const before = requests.some(({ client, close, endedMs }) => client === 'keepAlive' && close && endedMs < 0)
  const told = requests.filter(({ client, close, endedMs }) => client === 'keepAlive' && close && endedMs > 0)
  const endMs = killedMs === undefined ? exitMs - EXIT_MS : killedMs - KILL_MS
  const signs = [
    ...(before ? [] : told.map(({ endedMs }) => endedMs)),
    ...readiness.filter(({ healthy, atMs }) => !healthy && atMs > 0).map(({ atMs }) => atMs),
    ...(listenerClosedMs === undefined ? [] : [listenerClosedMs]),
  ].filter((atMs) => atMs < endMs)
  return signs.length > 0 ? Math.min(...signs) : undefined
}

/** The stop signal itself ended the process: nothing handled it. */
export function diedOfSignal({ exit, stopSignal, killedMs }: RunFacts): boolean {
  return killedMs === undefined && exit.signal === stopSignal
}
