import { describe, expect, it } from 'vitest'
import { createResponseParser } from './response-parser.ts'

/** Feeds a text, whole and byte by byte: both must come to the same. */
function parse(text: string, ended = false) {
  return [[text], [...text]].map((pieces) => {
    const parser = createResponseParser()
    const complete = pieces.map((piece) => parser.feed(Buffer.from(piece, 'latin1'))).includes(true)
    return { complete: complete || (ended && parser.end()), begun: parser.begun, ...parser.head }
  })
}

const crlf = (...lines: string[]) => lines.join('\r\n')

describe('createResponseParser', () => {
  it.each([
    ['a length', crlf('HTTP/1.1 200 OK', 'Content-Length: 5', '', 'hello')],
    ['no body', crlf('HTTP/1.1 204 No Content', '', '')],
    ['chunks', crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '5', 'hello', '0', '', '')],
    [
      'chunks with trailers',
      crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '5;x=1', 'hello', '0', 'A: b', '', ''),
    ],
    [
      'an interim response before it',
      crlf('HTTP/1.1 100 Continue', '', 'HTTP/1.1 200 OK', 'Content-Length: 0', '', ''),
    ],
  ])('knows the end of a response with %s', (_, text) => {
    for (const parsed of parse(text)) expect(parsed).toMatchObject({ complete: true, close: false })
    for (const parsed of parse(text.slice(0, -1))) expect(parsed).toMatchObject({ complete: false, begun: true })
  })

  it('takes the end of the connection for the end of a response that has no other', () => {
    const text = crlf('HTTP/1.0 200 OK', '', 'hello')
    expect(parse(text).map(({ complete }) => complete)).toEqual([false, false])
    expect(parse(text, true).map(({ complete }) => complete)).toEqual([true, true])
    const short = crlf('HTTP/1.1 200 OK', 'Content-Length: 9', '', 'hello')
    expect(parse(short, true).map(({ complete }) => complete)).toEqual([false, false])
  })

  it.each([
    [true, 'HTTP/1.1 200 OK', 'Connection: close'],
    [true, 'HTTP/1.1 200 OK', 'connection: foo, Close'],
    [false, 'HTTP/1.1 200 OK', 'Connection: keep-alive'],
    [true, 'HTTP/1.0 200 OK', 'Server: python'],
    [false, 'HTTP/1.0 200 OK', 'Connection: Keep-Alive'],
  ])('tells whether the connection is to be closed: %s for %s, %s', (close, first, header) => {
    for (const parsed of parse(crlf(first, header, 'Content-Length: 0', '', '')))
      expect(parsed).toMatchObject({ close })
  })

  it('reads one response after another', () => {
    const parser = createResponseParser()
    const response = (status: number) => Buffer.from(crlf(`HTTP/1.1 ${status} X`, 'Content-Length: 2', '', 'ok'))
    expect(parser.feed(response(200))).toBe(true)
    parser.reset()
    expect(parser.begun).toBe(false)
    expect(parser.feed(response(404))).toBe(true)
    expect(parser.head?.status).toBe(404)
  })

  it('refuses what is not HTTP/1', () => {
    expect(() => createResponseParser().feed(Buffer.from('220 mail ready\r\n\r\n'))).toThrow('HTTP/1')
    const chunked = crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', 'zz', '')
    expect(() => createResponseParser().feed(Buffer.from(chunked))).toThrow('no number')
  })
})
