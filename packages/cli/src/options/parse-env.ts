import { invalidOption } from './invalid-option.ts'

/** Variables, each as `NAME=value`. */
export function parseEnv(option: string, entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(entry) ?? []
      if (name === undefined) throw invalidOption(option, entry, 'a variable such as LOG_LEVEL=warn')
      return [name, value]
    }),
  )
}
