import type { ResolvedContainer } from '@lastcall/kubelet'
import { parseProbe } from '../options/parse-probe.ts'
import type { ProbePlan } from './drill-plan.ts'

/** How a probe is asked: as the option says, or else the manifest, or else at the usual path. */
export function planProbe(
  option: string,
  flag: string | undefined,
  usualPath: string,
  container: ResolvedContainer | undefined,
  kind: 'readiness' | 'liveness',
): ProbePlan {
  const probe = container?.probes[kind]
  const handler = probe?.handler
  const noticeMs = probe ? probe.periodSeconds * probe.failureThreshold * 1000 : 0
  if (flag !== undefined) return { ...parseProbe(option, flag), noticeMs, guessed: false }
  if (handler?.type !== 'httpGet') return { path: usualPath, port: undefined, noticeMs, guessed: true }
  // The first port of the container is that of the service, which is another one here.
  const servicePort = container?.spec.ports?.[0]?.containerPort
  return { path: handler.path, port: handler.port === servicePort ? undefined : handler.port, noticeMs, guessed: false }
}
