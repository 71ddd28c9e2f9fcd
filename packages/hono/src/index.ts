export { lastcall } from './lastcall.ts'
// One package to install and to import from.
export { attachServer, type AttachOptions, type ProbeOptions } from '@lastcall/http'
