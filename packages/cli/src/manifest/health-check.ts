/** The program of `lastcall probe` as it lies in a project that has installed it, relative to its folder. */
const PROBE_PROGRAM = 'node_modules/lastcall/dist/probe.js'

/** The command of a health check: without a shell, and without curl. */
export function healthCheck(probePort: number): string[] {
  return ['node', PROBE_PROGRAM, 'liveness', '--port', String(probePort), '--timeout', '1s']
}

/** A list as YAML writes it in one line, each word in quotes. */
export function flowList(words: readonly string[]): string {
  return `[${words.map((word) => `'${word}'`).join(', ')}]`
}
