import type { ContainerSpec, HookHandler, LifecycleHandlerSpec } from './pod-spec.ts'
import type {
  ExecAction,
  HttpGetAction,
  PortReference,
  ProbeHandler,
  ProbeSpec,
  ResolvedHttpGet,
} from './probe-spec.ts'
import type { Refuse } from './refuse.ts'

type Ports = ContainerSpec['ports']

/** What a probe does: the one handler that it has. */
export function resolveProbeHandler(spec: ProbeSpec, ports: Ports, refuse: Refuse): ProbeHandler {
  const { httpGet, tcpSocket, grpc, exec } = spec
  checkOne(refuse, { httpGet, tcpSocket, grpc, exec })
  if (httpGet) return { type: 'httpGet', ...resolveHttpGet(httpGet, ports, refuse) }
  if (tcpSocket) {
    const port = resolvePort(tcpSocket.port, ports, refuse, 'tcpSocket.port')
    return { type: 'tcpSocket', port, ...hostOf(tcpSocket) }
  }
  if (grpc) {
    return { type: 'grpc', port: checkPort(grpc.port, refuse, 'grpc.port'), service: grpc.service ?? '' }
  }
  return { type: 'exec', command: checkCommand(exec as ExecAction, refuse) }
}

/** What a hook does: the one handler that it has. `mostSeconds` is how long it may sleep. */
export function resolveHook(
  spec: LifecycleHandlerSpec,
  ports: Ports,
  mostSeconds: number,
  refuse: Refuse,
): HookHandler {
  const { httpGet, exec, sleep } = spec
  checkOne(refuse, { httpGet, exec, sleep })
  if (httpGet) return { type: 'httpGet', ...resolveHttpGet(httpGet, ports, refuse) }
  if (exec) return { type: 'exec', command: checkCommand(exec, refuse) }
  const seconds = sleep?.seconds as number
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > mostSeconds) {
    const expected = `give a whole number from 0 to ${mostSeconds}, the pod's terminationGracePeriodSeconds`
    throw refuse('sleep.seconds', seconds, expected)
  }
  return { type: 'sleep', seconds }
}

function checkOne(refuse: Refuse, handlers: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(handlers)
  const given = names.filter((name) => handlers[name] != null)
  if (given.length !== 1) throw refuse('', given, `give exactly one of ${names.join(', ')}`)
}

function resolveHttpGet(spec: HttpGetAction, ports: Ports, refuse: Refuse): ResolvedHttpGet {
  const { path = '/', scheme = 'HTTP', httpHeaders = [] } = spec
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') throw refuse('httpGet.scheme', scheme, 'give HTTP or HTTPS')
  return { path, port: resolvePort(spec.port, ports, refuse, 'httpGet.port'), scheme, httpHeaders, ...hostOf(spec) }
}

function resolvePort(port: PortReference, ports: Ports = [], refuse: Refuse, field: string): number {
  if (typeof port !== 'string') return checkPort(port, refuse, field)
  const named = ports.find(({ name }) => name === port)?.containerPort
  if (named !== undefined) return checkPort(named, refuse, field)
  const names = ports.flatMap(({ name }) => name ?? []).join(', ') || 'none has a name'
  throw refuse(field, port, `give a number, or the name of one of the container's ports (${names})`)
}

function checkPort(port: number, refuse: Refuse, field: string): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw refuse(field, port, 'give a port from 1 to 65535')
}

function checkCommand({ command }: ExecAction, refuse: Refuse): readonly string[] {
  if (Array.isArray(command) && command.length > 0 && command.every((part) => typeof part === 'string')) return command
  throw refuse('exec.command', command, 'give a list of strings, the program first')
}

function hostOf({ host }: { readonly host?: string }): { host?: string } {
  return host === undefined || host === '' ? {} : { host }
}
