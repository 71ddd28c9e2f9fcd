import type { ProbePlan } from '../drill/drill-plan.ts'
import { invalidOption } from './invalid-option.ts'

/** `/readyz`, or `:9000/readyz` where it is asked on another port than that of the service. */
export function parseProbe(option: string, text: string): Pick<ProbePlan, 'path' | 'port'> {
  const [, port, path] = /^(?::(\d+))?(\/.*)$/.exec(text) ?? []
  if (path === undefined) throw invalidOption(option, text, 'a path such as /readyz, or :9000/readyz for another port')
  return { path, port: port === undefined ? undefined : Number(port) }
}
