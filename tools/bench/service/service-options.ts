import type { ServiceOptions } from '@lastcall/testing'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** How to start a contender's service as a process, by the name of its file and its setup. */
export function serviceOptions(
  name: string,
  setup: string,
  env: Readonly<Record<string, string>> = {},
): ServiceOptions {
  return { args: ['--no-warnings', MAIN, name, setup], env, ready: '/' }
}
