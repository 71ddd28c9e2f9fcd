import type { LifecycleOptions } from '@lastcall/core'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { invalidOption } from './invalid-option.ts'
import { readText } from './read-text.ts'

/**
 * The options of `createLifecycle` that a file holds: JSON, or a module that exports them as `lifecycleOptions` or as
 * its default. The module is run. Throws `LASTCALL_INVALID_OPTION`.
 */
export async function readLifecycleOptions(option: string, path: string): Promise<LifecycleOptions> {
  const found = path.endsWith('.json') ? parseJson(option, path) : await importOptions(option, path)
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found
  throw invalidOption(option, path, 'a file of JSON, or a module that exports lifecycleOptions')
}

function parseJson(option: string, path: string): unknown {
  const text = readText(option, path)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalidOption(option, path, `a file of JSON (${(error as Error).message})`)
  }
}

async function importOptions(option: string, path: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(resolve(path)).href)) as Readonly<Record<string, unknown>>
    return module.lifecycleOptions ?? module.default
  } catch (error) {
    throw invalidOption(option, path, `a module that can be imported (${(error as Error).message})`)
  }
}
