export type { AttachableServer } from './attachable-server.ts'
export { attachServer, type AttachOptions } from './attach-server.ts'
export type { BlockedOptions, ServeProbesOptions } from './probe-server/probe-options.ts'
export { type ProbeServer, serveProbes } from './probe-server/serve-probes.ts'
