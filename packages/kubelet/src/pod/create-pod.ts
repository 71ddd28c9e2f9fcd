import type { Pod, PodOptions } from './pod.ts'

/** Makes a pod with a kubelet of its own; `start` starts it. Throws `LASTCALL_INVALID_SPEC`. */
export function createPod(options: PodOptions): Pod {
  throw new Error(`todo ${String(options)}`)
}
