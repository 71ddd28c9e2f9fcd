import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ConnectionOptions } from 'node:tls'

/** The status of a GET on a connection of its own, or the code of what went wrong. Never rejects. */
export function getStatus(
  url: string,
  tls: ConnectionOptions | undefined,
  timeoutMs: number,
): Promise<number | string> {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    request(url, { ...tls, agent: false, signal: AbortSignal.timeout(timeoutMs) })
      .on('response', (response) => {
        resolve(response.statusCode ?? 0)
        response.resume().on('error', () => {})
      })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name))
      .end()
  })
}
