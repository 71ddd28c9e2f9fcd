import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** Asks for an address on a connection of its own; gives the status, or `undefined` where there was no answer in time. */
export function askStatus(url: URL, timeoutMs = 1000): Promise<number | undefined> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const asked = request(url, { agent: false, rejectUnauthorized: false, signal: AbortSignal.timeout(timeoutMs) })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.on('error', () => resolve(undefined))
    asked.end()
  })
}

/** Whether a status says that all is well, as the kubelet reads it. */
export function isHealthy(status: number): boolean {
  return status >= 200 && status < 400
}
