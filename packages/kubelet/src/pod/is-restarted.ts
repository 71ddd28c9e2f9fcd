import type { ContainerExit } from '../runtime/container-runtime.ts'
import type { ResolvedContainer, ResolvedPod } from '../spec/pod-spec.ts'

/** Whether a container is started again after it has ended by itself, or by a probe. */
export function isRestarted(
  role: ResolvedContainer['role'],
  policy: ResolvedPod['restartPolicy'],
  { code }: ContainerExit,
): boolean {
  if (role === 'sidecar') return true
  // An init container that has succeeded has done its work, whatever the pod's policy is.
  if (policy === 'Always') return role === 'main' || code !== 0
  return policy === 'OnFailure' && code !== 0
}
