import type { Emitter } from './events/emitter.ts'

/** Makes the function that warns an operator, once per code and message. */
export function createWarn(emitter: Emitter, fallback: ((message: string, code: string) => void) | undefined) {
  const told = new Set<string>()
  return (code: string, message: string): void => {
    const key = `${code} ${message}`
    if (told.has(key)) return
    told.add(key)
    emitter.emit('warning', { code, message })
    fallback?.(message, code)
  }
}
