import type { IncomingMessage } from 'node:http'
import { httpGet, urlOf } from '../handlers/http-get.ts'
import { messageOf } from '../handlers/message-of.ts'
import { readAtMost } from '../handlers/read-at-most.ts'
import type { ResolvedHttpGet } from '../spec/probe-spec.ts'
import type { ProbeOutcome, ProbeTarget } from './probe-outcome.ts'

/**
 * A GET succeeds with a status from 200 to 399. What goes wrong before the headers is a failure; what goes wrong
 * after them, a body that stalls included, is `unknown`.
 */
export async function probeHttp(
  handler: ResolvedHttpGet,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const url = urlOf(handler, target)
  let response: IncomingMessage
  try {
    response = await httpGet(url, handler, 'kube-probe', signal)
  } catch (error) {
    return { outcome: 'failure', message: `Get "${url}": ${messageOf(error)}` }
  }
  try {
    return judge(response.statusCode ?? 0, await readAtMost(response))
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error
    return { outcome: 'unknown', message: `The body broke off after the headers: ${messageOf(reason)}` }
  }
}

function judge(status: number, body: string): ProbeOutcome {
  if (status < 200 || status >= 400) {
    return { outcome: 'failure', message: `HTTP probe failed with statuscode: ${status}` }
  }
  if (status < 300) return { outcome: 'success', message: body }
  return { outcome: 'success', message: body, warning: `Probe terminated redirects, Response body: ${body}` }
}
