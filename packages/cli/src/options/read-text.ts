import { readFileSync } from 'node:fs'
import { invalidOption } from './invalid-option.ts'

/** The text of the file that an option names. Throws `LASTCALL_INVALID_OPTION`. */
export function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw invalidOption(option, path, 'the path of a file that can be read')
  }
}
