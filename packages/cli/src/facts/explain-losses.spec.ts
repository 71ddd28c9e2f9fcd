import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { explainLosses } from './explain-losses.ts'

const causesOf = (...requests: Parameters<typeof exampleRequest>[0][]) =>
  explainLosses(exampleFacts({ requests: requests.map((each) => exampleRequest(each)) })).map(({ cause }) => cause)

describe('explainLosses', () => {
  it('groups by cause, the most frequent first, and writes one out', () => {
    const refused = { client: 'new', outcome: 'refused', reused: false, error: 'ECONNREFUSED' } as const
    const requests = [
      exampleRequest({ sentMs: 3000, outcome: 'serverError', status: 503 }),
      exampleRequest({ ...refused, sentMs: 6500 }),
      exampleRequest({ ...refused, sentMs: 6300 }),
    ]
    expect(explainLosses(exampleFacts({ requests }))).toEqual([
      {
        cause: 'it was gone while the platform routed to it',
        outcome: 'refused',
        count: 2,
        firstMs: 6310,
        lastMs: 6510,
        sample: 'on a connection of its own, sent at +6.30 s: ECONNREFUSED after 10 ms',
      },
      {
        cause: 'answered 503 while the platform routed to it',
        outcome: 'serverError',
        count: 1,
        firstMs: 3010,
        lastMs: 3010,
        sample: 'on a kept connection, sent at +3.00 s: 503 after 10 ms',
      },
    ])
  })

  it('finds nothing where nothing is lost', () => {
    expect(causesOf({}, { outcome: 'retryable' })).toEqual([])
  })

  it.each([
    ['refused before the signal', { outcome: 'refused' }],
    ['it had stopped listening while the platform routed to it', { outcome: 'refused', sentMs: 6010 }],
    ['in flight at the signal, cut by the end of the process', { outcome: 'resetReused', endedMs: 6090 }],
    ['after the signal, cut by the end of the process', { outcome: 'resetNew', sentMs: 6000, endedMs: 6090 }],
    ['a new connection was cut before it was served', { outcome: 'resetNew', sentMs: 30 }],
    ['a kept connection was closed while a request was on its way', { outcome: 'resetReused', sentMs: 30 }],
    ['after the signal, the answer cut', { outcome: 'truncated', sentMs: 30 }],
    ['no answer in time, sent before the signal', { outcome: 'timedOut' }],
  ] as const)('says: %s', (cause, request) => {
    expect(causesOf(request)).toEqual([cause])
  })
})
