import type { ConnectionOptions } from 'node:tls'
import type { WaitOptions } from '../wait-until.ts'

/** How to start a service and tell that it is ready. */
export interface ServiceOptions {
  readonly args: readonly string[]
  /** @default the Node that runs the test */
  readonly command?: string
  /** @default the test's */
  readonly cwd?: string
  /** Added to the test's environment. @default PORT, a free port */
  readonly env?: Readonly<Record<string, string | undefined>>
  /**
   * Where it listens: an address, or what finds it in a line of the output (a function, or a pattern whose first group
   * is the address). @default `http://127.0.0.1:` and PORT
   */
  readonly url?: string | RegExp | ((line: string) => string | undefined)
  /** What tells that it is ready: a path that answers 200, or a function; `false` waits for the address alone. @default '/readyz' */
  readonly ready?: string | false | ((service: Service) => boolean | Promise<boolean>)
  /** From the spawn to ready. @default 30_000 */
  readonly readyTimeoutMs?: number
  /** For an `https` address: `{ ca }`, or `{ rejectUnauthorized: false }`. */
  readonly tls?: ConnectionOptions
}

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A service that runs as a process of its own, the leader of its own process group. */
export interface Service extends AsyncDisposable {
  readonly pid: number
  /** Without a slash at the end. */
  readonly url: string
  /** Everything written so far. */
  readonly stdout: string
  /** Everything written so far. */
  readonly stderr: string
  /** Sends a signal: to the process alone, as a container runtime does, or to its group, as Ctrl-C does. @default 'process' */
  signal(name: NodeJS.Signals, target?: 'process' | 'group'): void
  /** The first line of the output, past or to come, that matches. Rejects with `LASTCALL_TIMEOUT`, or at the exit. */
  waitForLine(pattern: RegExp, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<RegExpMatchArray>
  /** Resolves when it has ended, after the rest of its output. Rejects with `LASTCALL_TIMEOUT`. @default no timeout */
  waitForExit(options?: Pick<WaitOptions, 'timeoutMs'>): Promise<ProcessExit>
  /** Ids of the processes of its group that run at this moment, itself included. */
  processes(): number[]
  /** Ends the whole group with SIGKILL; resolves when no process is left. */
  kill(): Promise<void>
}
