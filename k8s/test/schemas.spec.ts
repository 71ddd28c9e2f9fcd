import { describe, expect, it } from 'vitest'
import { findInvalid, findMisspelt } from './find-problems.ts'
import { LAYERS, pick, render } from './render.ts'

describe('the manifests, against the schemas of Kubernetes', () => {
  const objects = LAYERS.flatMap(render)

  it('are valid', async () => {
    expect((await Promise.all(objects.map(findInvalid))).flat()).toEqual([])
  })

  it('have no field that Kubernetes does not', () => {
    expect(findMisspelt(objects)).toEqual([])
  })
})

describe('findInvalid', () => {
  const deployment = pick<{ spec: object }>(render('base'), 'Deployment')

  it('names a value of the wrong type, and a field that is missing', async () => {
    const wrong = { ...deployment, spec: { ...deployment.spec, minReadySeconds: '5' } }
    expect(await findInvalid(wrong)).toEqual([expect.stringMatching(/Deployment orders: .*minReadySeconds/)])
    expect(await findInvalid({ ...deployment, spec: {} })).toEqual([expect.stringMatching(/selector/)])
  })

  it('names a kind that does not exist', async () => {
    expect(await findInvalid({ ...deployment, kind: 'Deploymint' })).toEqual(['There is no Deploymint in apps/v1'])
  })
})

describe('findMisspelt', () => {
  it('names a field that is misspelt, however deep', () => {
    const deployment = structuredClone(pick(render('base'), 'Deployment')) as unknown as {
      spec: { template: { spec: { containers: { readinessProbe: Record<string, unknown> }[] } } }
    }
    deployment.spec.template.spec.containers[0]!.readinessProbe.periodSecond = 2
    expect(findMisspelt([deployment as never])).toEqual([expect.stringContaining('"periodSecond"')])
  })
})
