import { connect } from 'node:http2'

/** Whether a server speaks HTTP/2 at this address: in clear text with prior knowledge, or over TLS. */
export function speaksHttp2(url: URL, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(url, { rejectUnauthorized: false })
    const settle = (spoken: boolean): void => {
      clearTimeout(timer)
      resolve(spoken)
      session.destroy()
    }
    const timer = setTimeout(() => settle(false), timeoutMs)
    session.on('remoteSettings', () => settle(true))
    session.on('error', () => settle(false))
    session.on('close', () => settle(false))
  })
}
