import {
  answerProbe,
  type Lifecycle,
  PROBE_PATHS,
  type ProbeAnswer,
  type ProbeKind,
  type ProbePaths,
} from '@lastcall/core'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { IncomingHttpHeaders as Http2Headers, ServerHttp2Stream } from 'node:http2'

const KINDS = Object.keys(PROBE_PATHS) as ProbeKind[]

/** Answers the probes on a server that serves something else as well. */
export interface ProbeEndpoint {
  /** Answers an HTTP/1 request; `false` when it asks for no probe. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** Answers an HTTP/2 stream; `false` when it asks for no probe. */
  answerStream(stream: ServerHttp2Stream, headers: Http2Headers): boolean
}

/** Makes the probe endpoint of one server; `false` answers nothing. */
export function createProbeEndpoint(lifecycle: Lifecycle, probes: ProbePaths | false): ProbeEndpoint {
  if (probes === false) return { answer: () => false, answerStream: () => false }
  const paths = probes
  const bases = KINDS.map((kind) => paths[kind] ?? PROBE_PATHS[kind]).filter((path) => path !== false)

  /** Every request comes by here: most are told apart before anything is made for them, Node's headers too. */
  function isElsewhere(url: string): boolean {
    for (const base of bases) if (url.startsWith(base)) return false
    return true
  }

  function answerTo(url: string, method = '', headers: IncomingHttpHeaders): ProbeAnswer | undefined {
    const { clock, options } = lifecycle
    const request = { method, url, headers }
    return answerProbe(lifecycle.snapshot(), request, { now: clock.now(), paths, details: options.details })
  }

  return {
    answer(request, response) {
      const { url = '' } = request
      if (isElsewhere(url)) return false
      const answer = answerTo(url, request.method, request.headers)
      if (!answer) return false
      response.statusCode = answer.status
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
      response.end(answer.body)
      return true
    },
    answerStream(stream, headers) {
      const { ':path': url = '', ':method': method } = headers
      const answer = isElsewhere(url) ? undefined : answerTo(url, method, headers)
      if (!answer) return false
      if (stream.destroyed) return true
      stream.respond({ ...answer.headers, ':status': answer.status })
      stream.end(answer.body)
      return true
    },
  }
}
