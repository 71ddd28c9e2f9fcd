import { invalidOption } from './peers/spread-options.ts'

/** What a close code says (RFC 6455, 7.4; IANA's registry has 1012). */
const REASONS = { 1001: 'going away', 1012: 'service restart' } as const

/** With what a WebSocket is closed: 1001, the server goes away; 1012, it starts again. */
export type CloseCode = keyof typeof REASONS

/** The code and its reason. Throws `LASTCALL_INVALID_OPTION`. */
export function resolveClose(code: CloseCode = 1001): readonly [code: CloseCode, reason: string] {
  if (!Object.hasOwn(REASONS, code)) throw invalidOption('code', code, '1001 or 1012')
  return [code, REASONS[code]]
}
