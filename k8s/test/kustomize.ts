import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isRecord, mergePatch } from './merge-patch.ts'

/** An object of the Kubernetes API. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly [field: string]: unknown
}

interface Image {
  readonly name: string
  readonly newName?: string
  readonly newTag?: string | number
}

interface Kustomization {
  readonly namespace?: string
  readonly resources?: readonly string[]
  readonly patches?: readonly { readonly path: string }[]
  readonly images?: readonly Image[]
}

const FIELDS = new Set(['apiVersion', 'kind', 'namespace', 'resources', 'patches', 'images'])

/**
 * Renders a folder as `kubectl kustomize` does, for machines without it: `resources`, `patches` by path with a strategic
 * merge, `namespace` and `images`. Throws where a kustomization uses anything else.
 */
export function kustomize(folder: string): KubernetesObject[] {
  const file = join(folder, 'kustomization.yaml')
  const kustomization = readYaml(file) as Kustomization
  for (const field of Object.keys(kustomization)) {
    if (!FIELDS.has(field)) throw new Error(`${file} has ${field}, which is not rendered here: use kubectl`)
  }
  const { resources = [], patches = [], images = [], namespace } = kustomization
  const loaded = resources.flatMap((path) => load(join(folder, path)))
  const patched = patches.reduce((objects, { path, ...more }) => {
    if (Object.keys(more).length > 0) throw new Error(`${file} has a patch with ${Object.keys(more).join(', ')}`)
    return patchOne(objects, join(folder, path))
  }, loaded)
  return patched.map((object) => setImages(setNamespace(object, namespace), images) as KubernetesObject)
}

function load(path: string): KubernetesObject[] {
  return statSync(path).isDirectory() ? kustomize(path) : [readYaml(path) as KubernetesObject]
}

function readYaml(path: string): unknown {
  return parse(readFileSync(path, 'utf8'))
}

function patchOne(objects: readonly KubernetesObject[], path: string): KubernetesObject[] {
  const patch = readYaml(path) as KubernetesObject
  const isTarget = ({ kind, metadata }: KubernetesObject) =>
    kind === patch.kind && metadata.name === patch.metadata.name
  if (objects.filter(isTarget).length !== 1) throw new Error(`${path} patches no object, or several`)
  return objects.flatMap((object) => {
    if (!isTarget(object)) return [object]
    const merged = mergePatch(object, patch) as KubernetesObject | undefined
    return merged ? [merged] : []
  })
}

function setNamespace(object: KubernetesObject, namespace: string | undefined): KubernetesObject {
  if (namespace === undefined) return object
  const metadata = object.kind === 'Namespace' ? { name: namespace } : { namespace }
  return { ...object, metadata: { ...object.metadata, ...metadata } }
}

/** Every `image` of a container, wherever it stands. */
function setImages(value: unknown, images: readonly Image[], key?: string): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => setImages(one, images))
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, setImages(one, images, name)]))
  }
  return key === 'image' && typeof value === 'string' ? setImage(value, images) : value
}

function setImage(image: string, images: readonly Image[]): string {
  const [name = '', tag] = image.split(':')
  const found = images.find((one) => one.name === name)
  if (!found) return image
  const newTag = found.newTag ?? tag
  return (found.newName ?? name) + (newTag === undefined ? '' : `:${newTag}`)
}
