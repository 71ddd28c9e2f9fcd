export { createTerminus } from './create-terminus.ts'
export { HealthCheckError } from './health-check-error.ts'
export type { HealthCheck, HealthCheckMap, Terminus, TerminusOptions, TerminusState } from './options.ts'
export { terminusOptions } from './terminus-options.ts'
