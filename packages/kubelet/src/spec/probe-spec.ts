import type { ProbeKind } from '@lastcall/core'

/** A port of the container: its number, or its name in the container's `ports`. */
export type PortReference = number | string

/** `httpGet` of a probe or a hook. */
export interface HttpGetAction {
  /** @default '/' */
  readonly path?: string
  readonly port: PortReference
  /** @default the pod's own address */
  readonly host?: string
  /** @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS'
  /** `Host` is honoured; `User-Agent` and `Accept` are replaced, or taken away by an empty value. @default [] */
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[]
}

/** `tcpSocket` of a probe. */
export interface TcpSocketAction {
  readonly port: PortReference
  /** @default the pod's own address */
  readonly host?: string
}

/** `grpc` of a probe: a call of `grpc.health.v1.Health/Check`. */
export interface GrpcAction {
  readonly port: number
  /** @default '' */
  readonly service?: string
}

/** `exec` of a probe or a hook: a command without a shell. */
export interface ExecAction {
  readonly command: readonly string[]
}

/** A probe with the names and units of the Kubernetes API. Exactly one of the four handlers is given. */
export interface ProbeSpec {
  readonly httpGet?: HttpGetAction
  readonly tcpSocket?: TcpSocketAction
  readonly grpc?: GrpcAction
  readonly exec?: ExecAction
  /** Counted from the start of the container. @default 0 */
  readonly initialDelaySeconds?: number
  /** @default 10 */
  readonly periodSeconds?: number
  /** For the whole exchange. @default 1 */
  readonly timeoutSeconds?: number
  /** Must be 1 for liveness and startup. @default 1 */
  readonly successThreshold?: number
  /** @default 3 */
  readonly failureThreshold?: number
  /** Between the stop signal and the kill when this probe restarts the container; not for readiness. @default the pod's */
  readonly terminationGracePeriodSeconds?: number
}

/** What a probe does, with every default filled in. */
export type ProbeHandler =
  | ({ readonly type: 'httpGet' } & ResolvedHttpGet)
  | { readonly type: 'tcpSocket'; readonly port: number; readonly host?: string }
  | { readonly type: 'grpc'; readonly port: number; readonly service: string }
  | { readonly type: 'exec'; readonly command: readonly string[] }

/** `httpGet` with every default filled in. */
export interface ResolvedHttpGet {
  readonly path: string
  readonly port: number
  readonly host?: string
  readonly scheme: 'HTTP' | 'HTTPS'
  readonly httpHeaders: readonly { readonly name: string; readonly value: string }[]
}

/** A valid probe with every default filled in, as `resolveProbe` gives it. */
export interface ResolvedProbe {
  readonly kind: ProbeKind
  readonly handler: ProbeHandler
  readonly initialDelaySeconds: number
  readonly periodSeconds: number
  readonly timeoutSeconds: number
  readonly successThreshold: number
  readonly failureThreshold: number
  readonly terminationGracePeriodSeconds?: number
}
