import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The workspace's root folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The text of a file, by its path from the root. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Files of the workspace by a pattern, as paths from the root; what is installed or built is left out. */
export const find = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (name) => ['node_modules', 'dist'].includes(name) }).sort()

/** A module's exports, by its path from the root: checks look at sources that no fence lets them import. */
export const load = (path: string): Promise<Record<string, unknown>> => import(join(root, path))
