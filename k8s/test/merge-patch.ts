/** By what the items of a list are told apart; a list that is not here is replaced as a whole. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
}

/** Lists that Kubernetes merges too, by keys that are not needed here so far. */
const NOT_MERGED = new Set(['initContainers', 'ports', 'topologySpreadConstraints', 'imagePullSecrets', 'hostAliases'])

/**
 * Merges a patch into an object as Kubernetes' strategic merge does: `null` takes a field away, `$patch: delete` what it
 * stands in. Returns `undefined` where nothing is left; throws for a list or a directive that it does not know.
 */
export function mergePatch(value: unknown, patch: unknown, field = ''): unknown {
  if (isRecord(patch)) return mergeRecord(isRecord(value) ? value : {}, patch)
  if (!Array.isArray(patch) || !Array.isArray(value)) return patch
  if (NOT_MERGED.has(field)) throw new Error(`A patch of ${field} is not merged here: use kubectl`)
  const key = MERGE_KEYS[field]
  return key === undefined ? patch : mergeList(value, patch, key)
}

type Fields = Readonly<Record<string, unknown>>

function mergeRecord(fields: Fields, patch: Fields): Fields | undefined {
  const { $patch: directive, ...changes } = patch
  if (directive === 'delete') return undefined
  if (directive !== undefined) throw new Error(`$patch: ${JSON.stringify(directive)} is not known here: use kubectl`)
  const merged: Record<string, unknown> = { ...fields }
  for (const [name, change] of Object.entries(changes)) {
    const result = change === null ? undefined : mergePatch(fields[name], change, name)
    if (result === undefined) delete merged[name]
    else merged[name] = result
  }
  return merged
}

/** What the patch names comes first, as kustomize has it. */
function mergeList(items: readonly unknown[], patches: readonly unknown[], key: string): unknown[] {
  const keyOf = (item: unknown) => (isRecord(item) ? item[key] : undefined)
  const find = (list: readonly unknown[], item: unknown) => list.find((one) => keyOf(one) === keyOf(item))
  const merged = patches.flatMap((patch) => mergePatch(find(items, patch), patch) ?? [])
  return [...merged, ...items.filter((item) => find(patches, item) === undefined)]
}

/** An object with fields. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
