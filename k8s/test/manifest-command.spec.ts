import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { findInvalid, findMisspelt } from './find-problems.ts'
import type { KubernetesObject } from './kustomize.ts'
import { mergePatch } from './merge-patch.ts'
import { pathOf } from './render.ts'

function manifest(target: string, ...args: string[]): unknown {
  const command = ['--conditions=@lastcall/source', pathOf('../packages/cli/src/main.ts'), 'manifest', target, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return parse(stdout)
}

/** What the patch leaves to the Deployment that it is merged into. */
const REST = {
  spec: {
    selector: { matchLabels: { app: 'orders' } },
    template: { metadata: { labels: { app: 'orders' } } },
  },
}

describe('what lastcall manifest writes', () => {
  it('is a patch of a Deployment as Kubernetes wants it', async () => {
    const patch = manifest('kubernetes', '--name', 'orders', '--platform', 'aws-lbc', '--pre-stop', '50s')
    const deployment = mergePatch(REST, patch) as KubernetesObject
    expect(await findInvalid(deployment)).toEqual([])
    expect(findMisspelt([deployment])).toEqual([])
  })

  it('is YAML for the others that read it', () => {
    const image = { image: 'registry.example.com/orders:1' }
    const args = ['--name', 'orders', '--image', image.image]
    expect(manifest('compose', ...args)).toMatchObject({ services: { orders: image } })
    expect(manifest('ecs', ...args)).toMatchObject({ family: 'orders', containerDefinitions: [image] })
    expect(manifest('cloud-run', ...args)).toMatchObject({ spec: { template: { spec: { containers: [image] } } } })
  })
})
