import type { ResolvedHttpGet } from '../spec/probe-spec.ts'

/** The Kubernetes release that the `User-Agent` tells of, and whose rules these are. */
const RELEASE = '1.34'

/** Who asks: a probe, or a hook. */
export type Asker = 'kube-probe' | 'kube-lifecycle'

/** How the kubelet calls itself. */
export function userAgentOf(asker: Asker): string {
  return `${asker}/${RELEASE}`
}

/** The headers of an `httpGet`. */
export interface ActionHeaders {
  /** `undefined` for that of the address. */
  readonly host: string | undefined
  readonly others: Readonly<Record<string, string[]>>
}

/** Adds `User-Agent` and `Accept` where they are not given; an empty one is left out altogether. */
export function resolveHeaders(given: ResolvedHttpGet['httpHeaders'], asker: Asker): ActionHeaders {
  const headers = new Map<string, { name: string; values: string[] }>()
  for (const { name, value } of given) {
    const key = name.toLowerCase()
    const entry = headers.get(key) ?? { name, values: [] }
    entry.values.push(value)
    headers.set(key, entry)
  }
  const host = headers.get('host')?.values[0]
  headers.delete('host')
  for (const [name, value] of [
    ['User-Agent', userAgentOf(asker)],
    ['Accept', '*/*'],
  ] as const) {
    const key = name.toLowerCase()
    if (!headers.has(key)) headers.set(key, { name, values: [value] })
    else if (headers.get(key)?.values[0] === '') headers.delete(key)
  }
  return {
    host: host === '' ? undefined : host,
    others: Object.fromEntries([...headers.values()].map(({ name, values }) => [name, values])),
  }
}
