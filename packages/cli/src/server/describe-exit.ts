import type { ContainerExit } from '@lastcall/kubelet'

/** How a process ended, in words. */
export function describeExit({ code, signal }: ContainerExit): string {
  return signal === null ? `exit code ${code}` : signal
}
