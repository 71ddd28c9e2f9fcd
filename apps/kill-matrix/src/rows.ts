import type { KillScenario, ProcessExit } from '@lastcall/testing'
import { constants } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Trouble } from '../fixtures/trouble.ts'
import { AS_PID_1, whyNoPidNamespace } from './pid-namespace.ts'

/** A row of the matrix: what is done to a service, and what must come of it. */
export interface Row {
  readonly name: string
  /** What is wrong with the service. */
  readonly trouble?: Trouble
  readonly env?: Readonly<Record<string, string>>
  /** @default SIGTERM after 60 served requests; routing goes on for a fifth of the lame duck */
  readonly scenario?: Omit<Partial<KillScenario>, 'service' | 'load'>
  /** A command that runs the service. */
  readonly wrapper?: readonly string[]
  /** `nothing`: the service never gets ready, so no router is right to send it a request. @default 'everything' */
  readonly sends?: 'everything' | 'nothing'
  /** Whether 503 is an answer. @default false */
  readonly acceptsUnavailable?: boolean
  /** `inFlight`: requests that began before the process ended, as nothing announced its end. @default 'nothing' */
  readonly mayLose?: 'nothing' | 'inFlight'
  /** The exits that are right. @default code 0 */
  readonly exits?: readonly ProcessExit[]
  /** What its report must say. */
  readonly says?: RegExp
  /** Why it cannot be shown here. */
  readonly skipped?: string | undefined
}

/** A lame duck that only a second signal ends. */
const ENDLESS = { LAME_DUCK_MS: '30000', GRACE_PERIOD_MS: '60000' }
/** A machine may be busy: nothing here depends on how long a step takes. */
export const PATIENCE = { timeoutMs: 40_000 } as const
const STORM: readonly NodeJS.Signals[] = ['SIGINT', 'SIGHUP', 'SIGTERM']
const STORM_SIGNALS = 30

const code = (value: number): ProcessExit => ({ code: value, signal: null })

/** Waits for load, then sends SIGUSR2, which the fixture's trouble waits for, until it says that it is in it. */
function whenInTrouble(says: RegExp, thenServed = 0): NonNullable<KillScenario['signalAfter']> {
  return async ({ service, load }) => {
    await load.untilServed(40, PATIENCE)
    service.signal('SIGUSR2')
    await service.waitForLine(says, PATIENCE)
    if (thenServed > 0) await load.untilServed(load.served + thenServed, PATIENCE)
  }
}

/** What is done. */
export const ROWS: readonly Row[] = [
  ...(['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal): Row => ({
    name: signal,
    scenario: { signal },
    says: new RegExp(`on ${signal} .* clean, exit 0`),
  })),
  {
    // Routing stops before the second signal: whoever hurries a service has taken it out of routing.
    name: 'a second signal',
    env: ENDLESS,
    scenario: { secondSignalAfterMs: 600 },
    says: /clean, exit 0/,
  },
  {
    // Every rung is climbed at once, over a hook that hangs: what is in flight is cut, and the exit is forced.
    name: 'a signal storm',
    trouble: 'hungHook',
    env: ENDLESS,
    scenario: {
      propagationMs: 0,
      async afterSignal({ service }) {
        for (let sent = 0; sent < STORM_SIGNALS; sent++) {
          await pause(15)
          service.signal(STORM[sent % STORM.length] ?? 'SIGTERM')
        }
      },
    },
    mayLose: 'inFlight',
    exits: STORM.map((signal) => code(128 + constants.signals[signal])),
  },
  {
    name: 'SIGTERM during start',
    trouble: 'hungStart',
    sends: 'nothing',
    scenario: { signalAfter: ({ service }) => service.waitForLine(/starting for ever/, PATIENCE), propagationMs: 0 },
  },
  {
    name: 'with the event loop blocked',
    trouble: 'blockedLoop',
    scenario: { signalAfter: whenInTrouble(/^blocked/) },
    says: /clean, exit 0/,
  },
  {
    name: 'with a hung hook',
    trouble: 'hungHook',
    env: { GRACE_PERIOD_MS: '6000' },
    exits: [code(1)],
    says: /failed, exit 1 .*abandoned: flush-metrics/,
  },
  {
    name: 'with a failing hook',
    trouble: 'failingHook',
    exits: [code(1)],
    says: /failed, exit 1 .*failed: flush-metrics: .*the collector is away/,
  },
  {
    name: 'with the database down',
    trouble: 'databaseDown',
    acceptsUnavailable: true,
    scenario: { signalAfter: whenInTrouble(/^database down/, 40) },
    says: /clean, exit 0/,
  },
  {
    name: 'as PID 1',
    wrapper: AS_PID_1,
    // `unshare` itself lets SIGTERM pass by, as a container's runtime does: the group reaches what it runs.
    scenario: { signalTarget: 'group' },
    says: /clean, exit 0/,
    skipped: whyNoPidNamespace(),
  },
  {
    name: 'an uncaught exception',
    trouble: 'uncaughtException',
    scenario: { signal: 'SIGUSR2' },
    exits: [code(1)],
    says: /failed, exit 1/,
  },
  {
    // Nothing can be done for what is in flight. What was acknowledged is kept.
    name: 'SIGKILL',
    scenario: { signal: 'SIGKILL', propagationMs: 0 },
    mayLose: 'inFlight',
    exits: [{ code: null, signal: 'SIGKILL' }],
  },
]
