import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type KubernetesObject, kustomize } from './kustomize.ts'
import { hasKubectl, LAYERS, pathOf, renderByKubectl } from './render.ts'

const byName = (objects: readonly KubernetesObject[]) =>
  Object.fromEntries(objects.map((one) => [`${one.kind} ${one.metadata.name}`, one]))

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lastcall-kustomize-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), JSON.stringify(content))
  }
}

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1', b: '2' } }
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }

const container = { name: 'app', image: 'shop:1', env: [{ name: 'A', value: '1' }], args: ['a', 'b'] }
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [container] } }
const podPatch = (containers: unknown) => ({ ...pod, spec: { containers } })

describe('kustomize', () => {
  it.skipIf(!hasKubectl).each(LAYERS)('renders %s as kubectl does, where this machine has it', (layer) => {
    expect(byName(kustomize(pathOf(layer)))).toEqual(byName(renderByKubectl(pathOf(layer))))
  })

  it('takes resources from folders, patches them, and gives them a namespace', () => {
    write({
      'base/kustomization.yaml': { resources: ['settings.yaml', 'shop.yaml'] },
      'base/settings.yaml': settings,
      'base/shop.yaml': namespace,
      'kustomization.yaml': { namespace: 'test', resources: ['base'], patches: [{ path: 'patch.yaml' }] },
      'patch.yaml': { ...settings, data: { a: null, b: '3', c: '4' } },
    })
    expect(kustomize(folder)).toEqual([
      { ...settings, metadata: { name: 'settings', namespace: 'test' }, data: { b: '3', c: '4' } },
      { ...namespace, metadata: { name: 'test' } },
    ])
  })

  it('takes away what a patch deletes', () => {
    write({
      'kustomization.yaml': { resources: ['settings.yaml', 'shop.yaml'], patches: [{ path: 'patch.yaml' }] },
      'settings.yaml': settings,
      'shop.yaml': namespace,
      'patch.yaml': { $patch: 'delete', ...settings },
    })
    expect(kustomize(folder)).toEqual([namespace])
  })

  it.each([
    ['an item by its name', [{ name: 'app', env: [{ name: 'A', value: '2' }] }], { env: [{ name: 'A', value: '2' }] }],
    [
      'an item that is new',
      [{ name: 'app', env: [{ name: 'B', value: '2' }] }],
      {
        env: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      },
    ],
    ['an item that goes', [{ name: 'app', env: [{ name: 'A', $patch: 'delete' }] }], { env: [] }],
    ['a list without a key as a whole', [{ name: 'app', args: ['c'] }], { args: ['c'] }],
  ])('merges %s', (_, containers, expected) => {
    write({
      'kustomization.yaml': { resources: ['pod.yaml'], patches: [{ path: 'patch.yaml' }] },
      'pod.yaml': pod,
      'patch.yaml': podPatch(containers),
    })
    expect(kustomize(folder)).toEqual([podPatch([{ ...container, ...expected }])])
  })

  it.each([
    [{ name: 'shop', newName: 'example.com/shop', newTag: '2' }, 'example.com/shop:2'],
    [{ name: 'shop', newName: 'other' }, 'other:1'],
    [{ name: 'another', newTag: '2' }, 'shop:1'],
  ])('sets the image by %o', (image, expected) => {
    write({ 'kustomization.yaml': { resources: ['pod.yaml'], images: [image] }, 'pod.yaml': pod })
    expect(kustomize(folder)).toEqual([podPatch([{ ...container, image: expected }])])
  })

  it.each([
    ['a field that it does not know', { configMapGenerator: [] }, {}, 'has configMapGenerator'],
    ['a patch of another form', { patches: [{ path: 'patch.yaml', target: {} }] }, settings, 'has a patch with target'],
    ['a patch of nothing', { patches: [{ path: 'patch.yaml' }] }, { ...settings, kind: 'Secret' }, 'patches no object'],
    [
      'a directive that it does not know',
      { patches: [{ path: 'patch.yaml' }] },
      { $patch: 'merge', ...pod },
      '"merge"',
    ],
    [
      'a list that it would merge wrongly',
      { patches: [{ path: 'patch.yaml' }] },
      podPatch([{ name: 'app', ports: [{ containerPort: 2 }] }]),
      'A patch of ports',
    ],
  ])('refuses %s', (_, fields, patch, message) => {
    write({
      'kustomization.yaml': { resources: ['settings.yaml', 'pod.yaml'], ...fields },
      'settings.yaml': settings,
      'pod.yaml': podPatch([{ ...container, ports: [{ containerPort: 1 }] }]),
      'patch.yaml': patch,
    })
    expect(() => kustomize(folder)).toThrow(message)
  })
})
