import type { Work } from '@lastcall/core'
import type { Attachment } from './connections/attachment.ts'
import { type Connection, openResponses } from './connections/connection.ts'

/** Requests, streams and upgraded connections that are not over, oldest first. */
export function listInFlight({ busy, clock }: Attachment): readonly Work[] {
  const now = clock.now()
  return [...busy].flatMap((connection) => workOf(connection, now)).sort((a, b) => b.ageMs - a.ageMs)
}

function workOf(connection: Connection, now: number): readonly Work[] {
  const { upgrade, session, activeAt } = connection
  if (upgrade) return [{ kind: 'upgrade', name: nameOf(upgrade.method, upgrade.url), ageMs: now - activeAt }]
  if (session) {
    return [...session.streams.values()].map(({ headers, startedAt }) => ({
      kind: headers[':method'] === 'CONNECT' ? 'upgrade' : 'request',
      name: nameOf(headers[':method'], headers[':path'] ?? headers[':authority']),
      ageMs: now - startedAt,
    }))
  }
  return openResponses(connection).map(({ response: { req }, startedAt }) => ({
    kind: 'request',
    name: nameOf(req.method, req.url),
    ageMs: now - startedAt,
  }))
}

/** Without the query, which may hold what belongs in no report. */
function nameOf(method = 'GET', url = '/'): string {
  return `${method} ${url.split('?', 1)[0]}`
}
