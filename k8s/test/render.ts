import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { type KubernetesObject, kustomize } from './kustomize.ts'

/** Everything that can be applied, as folders of `k8s/`. */
export const LAYERS = ['base', 'overlays/dev', 'overlays/prod', 'overlays/cloud-lb'] as const

/** A path in `k8s/`. */
export const pathOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))

/** Whether this machine has kubectl. Rendering needs no cluster. */
export const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0

/** What `kubectl apply -k` would send, by kubectl where it is there. */
export function render(layer: (typeof LAYERS)[number]): KubernetesObject[] {
  return hasKubectl ? renderByKubectl(pathOf(layer)) : kustomize(pathOf(layer))
}

/** What `kubectl kustomize` prints. Throws with its message. */
export function renderByKubectl(folder: string): KubernetesObject[] {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`kubectl kustomize ${folder}: ${stderr}`)
  return parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject)
}

/** The one object of that kind and name. */
export function pick<Fields = Record<string, unknown>>(
  objects: readonly KubernetesObject[],
  kind: string,
  name = 'orders',
): KubernetesObject & Fields {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name)
  if (!found) throw new Error(`There is no ${kind} ${name}`)
  return found as KubernetesObject & Fields
}
