import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KubernetesObject } from './kustomize.ts'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const COMPILER = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024']

/** What the schemas of Kubernetes say against an object: a wrong type, a missing field, a value that is not allowed. */
export async function findInvalid({ apiVersion, kind, ...fields }: KubernetesObject): Promise<string[]> {
  const path = `kubernetes-models/${apiVersion}`
  const models = (await import(/* @vite-ignore */ path)) as Readonly<Record<string, Model>>
  const Model = models[kind]
  if (!Model) return [`There is no ${kind} in ${apiVersion}`]
  try {
    new Model(fields).validate()
    return []
  } catch (error) {
    return [`${kind} ${fields.metadata.name}: ${(error as Error).message}`]
  }
}

type Model = new (fields: object) => { validate(): void }

/** Fields that Kubernetes does not have, which its schemas let pass: each object is compiled against its type. */
export function findMisspelt(objects: readonly KubernetesObject[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-manifests-'))
  try {
    symlinkSync(modules, join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const lines = objects.map(
      (object) =>
        `void (${JSON.stringify(object)} satisfies import('kubernetes-models/${object.apiVersion}').I${object.kind})`,
    )
    writeFileSync(join(folder, 'objects.ts'), lines.join('\n'))
    const tsc = join(modules, 'typescript-7/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [tsc, ...COMPILER, 'objects.ts'], { cwd: folder, encoding: 'utf8' })
    return stdout.split('\n').filter((line) => line !== '')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
