/** What is asked, and for how long at the most. */
export interface ProbeArguments {
  readonly url: string
  readonly timeoutMs: number
}

/** The paths of the probes; the port and the host are those of `serveProbes`, seen from beside it. */
const PATHS = { liveness: '/livez', readiness: '/readyz', startup: '/startupz' }

const UNITS = { ms: 1, s: 1000 }

export const PROBE_USAGE = `Usage: lastcall probe [liveness|readiness|startup|<url>] [options]

Asks a probe once. Ends with 0 when it is answered with 200 to 399, and with 1 otherwise.

  --port <port>         where the probes answer (default: 9000)
  --host <host>         (default: 127.0.0.1)
  --timeout <duration>  for the whole answer, such as 500ms or 2s (default: 1s)
`

/** Reads the arguments, without any library: it is started every few seconds. Throws an error that says what to change. */
export function parseProbeArguments(args: readonly string[]): ProbeArguments {
  const options: Record<string, string> = { '--port': '9000', '--host': '127.0.0.1', '--timeout': '1s' }
  const targets: string[] = []
  for (let index = 0; index < args.length; index++) {
    const [name = '', inline] = splitOption(args[index] ?? '')
    if (!name.startsWith('-')) targets.push(name)
    else if (!Object.hasOwn(options, name)) throw new Error(`Option ${name} is not known.`)
    else {
      const value = inline ?? args[++index]
      if (value === undefined) throw new Error(`Option ${name} lacks a value.`)
      options[name] = value
    }
  }
  const [target = 'liveness', ...rest] = targets
  if (rest.length > 0) throw new Error(`Argument ${rest.join(' ')} is one too many: ask one probe at a time.`)
  return { url: urlOf(target, options), timeoutMs: parseTimeout(options['--timeout'] ?? '') }
}

function splitOption(arg: string): [name: string, value: string | undefined] {
  const at = arg.startsWith('-') ? arg.indexOf('=') : -1
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)]
}

function urlOf(target: string, options: Readonly<Record<string, string>>): string {
  const { '--host': host = '', '--port': port = '' } = options
  if (/^https?:/.test(target) && URL.canParse(target)) return target
  if (!Object.hasOwn(PATHS, target)) {
    throw new Error(`Probe '${target}' is not known: pass liveness, readiness, startup, or an address with http://.`)
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}${PATHS[target as keyof typeof PATHS]}`
  if (!/^\d+$/.test(port) || !URL.canParse(url)) {
    throw new Error(
      `Options --host and --port are '${host}' and '${port}': pass a host and a port such as 127.0.0.1 and 9000.`,
    )
  }
  return url
}

function parseTimeout(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? []
  const ms = Number(amount) * UNITS[unit as keyof typeof UNITS]
  // Node takes a longer timer for one of a millisecond.
  if (ms > 0 && ms < 2 ** 31) return ms
  throw new Error(`Option --timeout is '${text}': pass a duration such as 500ms or 2s.`)
}
