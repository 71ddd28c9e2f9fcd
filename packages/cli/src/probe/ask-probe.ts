import type { ProbeArguments } from './parse-probe-arguments.ts'

/** As much as Docker keeps of a health check's output. */
export const MAX_OUTPUT_BYTES = 4096

/** Whether the probe is green, and what is printed. */
export interface ProbeAnswer {
  readonly ok: boolean
  /** At most {@link MAX_OUTPUT_BYTES} in UTF-8. */
  readonly output: Buffer
}

/** Asks once. Never rejects: what has no good answer in time is not ok. */
export async function askProbe({ url, timeoutMs }: ProbeArguments): Promise<ProbeAnswer> {
  try {
    const { status, body } = await request(url, timeoutMs)
    const first = `${url} answered ${status}\n`
    // The range that the kubelet takes for a success.
    return { ok: status >= 200 && status < 400, output: firstBytes(Buffer.concat([Buffer.from(first), body])) }
  } catch (error) {
    return { ok: false, output: firstBytes(Buffer.from(`${url} did not answer: ${reasonOf(error)}\n`)) }
  }
}

function request(url: string, timeoutMs: number): Promise<{ status: number; body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: Buffer }>()
  // Not by import, also not a late one: for its names it would load all that node:http knows, WebSockets included,
  // which takes as long as the start of Node itself.
  const { get } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http')
  const headers = { 'user-agent': 'lastcall-probe', accept: '*/*' }
  // A certificate is for clients from outside: it does not name this machine.
  const sent = get(url, { agent: false, headers, rejectUnauthorized: false }, (response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = (): void => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) })
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= MAX_OUTPUT_BYTES) finish()
    })
    response.on('end', finish).on('error', reject)
  })
  sent.on('error', reject)
  const timer = setTimeout(() => reject(new Error(`it took longer than ${timeoutMs} ms`)), timeoutMs)
  return promise.finally(() => {
    clearTimeout(timer)
    sent.destroy()
  })
}

/** The start of a text that fits; no character is cut in half. */
function firstBytes(text: Buffer): Buffer {
  let end = Math.min(text.length, MAX_OUTPUT_BYTES)
  while (end < text.length && ((text[end] ?? 0) & 0xc0) === 0x80) end--
  return text.subarray(0, end)
}

function reasonOf(error: unknown): string {
  // One for each address of a host name: without a message of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
