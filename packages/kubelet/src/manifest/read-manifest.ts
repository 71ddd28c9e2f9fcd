import type { ManifestOptions, Workload } from './workload.ts'

/**
 * Reads the Deployment, StatefulSet, DaemonSet or Pod of a YAML text, which may hold other documents too.
 * Throws `LASTCALL_INVALID_MANIFEST` when there is none, or more than one and no name; `LASTCALL_INVALID_SPEC` when
 * the API server would refuse a field that matters here.
 */
export function readManifest(yamlText: string, options: ManifestOptions = {}): Workload {
  throw new Error(`todo ${yamlText} ${String(options)}`)
}
