/** A request that asks for the address, as it goes over the wire. */
export function requestText(url: URL, method = 'GET', headers: Readonly<Record<string, string>> = {}): string {
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`, 'User-Agent: lastcall-drill']
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}
