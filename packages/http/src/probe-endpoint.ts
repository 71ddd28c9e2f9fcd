import type { Lifecycle, ProbeAnswer, ProbePaths } from '@lastcall/core'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IncomingHttpHeaders as Http2Headers, ServerHttp2Stream } from 'node:http2'
import { createProbeFilter, type ProbeFilter } from './probe-filter.ts'
import { createProbeResponder } from './probe-responder.ts'

/** Answers the probes on a server that serves something else as well. */
export interface ProbeEndpoint {
  /** Whether a request may ask for a probe. */
  readonly mayAnswer: ProbeFilter
  /** Answers an HTTP/1 request; `false` when it asks for no probe. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** Answers an HTTP/2 stream; `false` when it asks for no probe. */
  answerStream(stream: ServerHttp2Stream, headers: Http2Headers): boolean
}

/** Makes the probe endpoint of one server; `false` answers nothing. */
export function createProbeEndpoint(lifecycle: Lifecycle, probes: ProbePaths | false): ProbeEndpoint {
  const respond = createProbeResponder(lifecycle, probes)

  return {
    mayAnswer: createProbeFilter(probes),
    answer(request, response) {
      const answer = respond(request)
      if (answer) writeProbeAnswer(response, answer)
      return answer !== undefined
    },
    answerStream(stream, headers) {
      const { ':path': url, ':method': method } = headers
      const answer = respond({ method, url, headers })
      if (!answer) return false
      if (stream.destroyed) return true
      stream.respond({ ...answer.headers, ':status': answer.status })
      stream.end(answer.body)
      return true
    },
  }
}

/** For adapter authors: writes the answer to a probe as it is, past what a framework does to its responses. */
export function writeProbeAnswer(response: ServerResponse, answer: ProbeAnswer): void {
  response.statusCode = answer.status
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  response.end(answer.body)
}
