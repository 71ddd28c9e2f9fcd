import { LastcallError } from '@lastcall/core'
import { parseAllDocuments } from 'yaml'
import type { PodSpec } from '../spec/pod-spec.ts'
import { resolvePod } from '../spec/resolve-pod.ts'
import type { ManifestOptions, Workload } from './workload.ts'

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'] as const

interface Document {
  readonly kind: Workload['kind']
  readonly metadata?: { readonly name?: string }
  readonly spec?: Readonly<Record<string, unknown>>
}

/**
 * Reads the Deployment, StatefulSet, DaemonSet or Pod of a YAML text, which may hold other documents too.
 * Throws `LASTCALL_INVALID_MANIFEST` when there is none, or more than one and no name; `LASTCALL_INVALID_SPEC` when
 * the API server would refuse a field that matters here.
 */
export function readManifest(yamlText: string, options: ManifestOptions = {}): Workload {
  const found = pickDocument(parseDocuments(yamlText), options.name)
  const spec = found.spec ?? {}
  const template = found.kind === 'Pod' ? spec : (spec.template as { spec?: object } | undefined)?.spec
  const name = nameOf(found)
  if (!template) throw refuse(`${found.kind} ${name} has no pod: give it spec.template.spec`)

  const pod = pickContainer(template as PodSpec, options.container, `${found.kind} ${name}`)
  resolvePod(pod)
  return {
    ...pod,
    kind: found.kind,
    name,
    replicas: (spec.replicas as number | undefined) ?? 1,
    minReadySeconds: (spec.minReadySeconds as number | undefined) ?? 0,
    ...(found.kind === 'Deployment' && { strategy: strategyOf(spec.strategy as StrategySpec | undefined) }),
  }
}

function parseDocuments(yamlText: string): unknown[] {
  return parseAllDocuments(yamlText).map((document) => {
    const [error] = document.errors
    if (error) throw refuse(`The manifest is no YAML: ${error.message.trim()}`, error)
    return document.toJS() as unknown
  })
}

/** The workloads among the documents, those in a `List` included. */
function pickDocument(documents: readonly unknown[], name: string | undefined): Document {
  const flat = documents.flatMap((one) =>
    isRecord(one) && Array.isArray(one.items) ? (one.items as unknown[]) : [one],
  )
  const isWorkload = (one: unknown): one is Document => isRecord(one) && KINDS.some((kind) => kind === one.kind)
  const workloads = flat.filter(isWorkload)
  const chosen = workloads.filter((one) => name === undefined || nameOf(one) === name)
  if (chosen.length === 1) return chosen[0] as Document

  const list = workloads.map((one) => `${one.kind} ${nameOf(one)}`).join(', ') || 'none'
  if (chosen.length > 1) throw refuse(`The manifest has ${chosen.length} workloads (${list}): name the one you mean`)
  const wanted = name === undefined ? `a ${KINDS.join(', ')}` : `a workload named ${name}`
  throw refuse(`The manifest lacks ${wanted}; its workloads: ${list}. Pass the text of one that has it`)
}

function pickContainer(pod: PodSpec, name: string | undefined, owner: string): PodSpec {
  if (name === undefined) return pod
  const { initContainers: _others, containers = [], ...rest } = pod
  const chosen = containers.find((one) => one.name === name)
  if (chosen) return { ...rest, containers: [chosen] }
  throw refuse(`${owner} has no container ${name}: name one of ${containers.map((one) => one.name).join(', ')}`)
}

interface StrategySpec {
  readonly type?: 'RollingUpdate' | 'Recreate'
  readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string }
}

function strategyOf({ type = 'RollingUpdate', rollingUpdate = {} }: StrategySpec = {}): NonNullable<
  Workload['strategy']
> {
  return {
    type,
    maxSurge: rollingUpdate.maxSurge ?? '25%',
    maxUnavailable: rollingUpdate.maxUnavailable ?? '25%',
  }
}

function nameOf({ metadata }: Document): string {
  return metadata?.name ?? '(without a name)'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function refuse(message: string, cause?: unknown): LastcallError {
  return new LastcallError('LASTCALL_INVALID_MANIFEST', `${message}.`, { cause })
}
