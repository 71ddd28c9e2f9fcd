// For users.
export type { AttachableServer } from './attachable-server.ts'
export { attachServer, type AttachOptions } from './attach-server.ts'
export type { BlockedOptions, ServeProbesOptions } from './probe-server/probe-options.ts'
export { type ProbeServer, serveProbes } from './probe-server/serve-probes.ts'

// For adapter authors.
export { writeProbeAnswer } from './probe-endpoint.ts'
export { createProbeResponder, type ProbeOptions, type ProbeResponder } from './probe-responder.ts'
export { warnOfUnattachedServer } from './unattached-warning.ts'
