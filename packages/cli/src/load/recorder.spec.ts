import { describe, expect, it } from 'vitest'
import type { Exchange } from './http1-connection.ts'
import { createRecorder } from './recorder.ts'

const context = { client: 'new', endpoint: 'one', connection: 1, dueMs: 3 } as const
const answered: Exchange = {
  ...{ sentMs: 4, endedMs: 9, reused: false, complete: true, begun: true, status: 200, close: true, timedOut: false },
}

describe('createRecorder', () => {
  it('counts what is in flight, and gives each record once', () => {
    const recorder = createRecorder()
    recorder.begin()
    recorder.begin()
    expect(recorder.inFlight).toBe(2)
    recorder.end(context, answered)
    recorder.forget()
    expect(recorder.inFlight).toBe(0)
    expect(recorder.take().requests).toEqual([
      { ...context, sentMs: 4, endedMs: 9, reused: false, outcome: 'answered', status: 200, close: true },
    ])
    expect(recorder.take()).toEqual({ requests: [], connections: [] })
  })

  it('takes a failure of this machine for nobody’s loss', () => {
    const recorder = createRecorder()
    recorder.begin()
    recorder.end(context, { ...answered, complete: false, error: 'EADDRNOTAVAIL' })
    expect(recorder.take().requests).toEqual([])
    expect([recorder.unsent, recorder.unsentError]).toEqual([1, 'EADDRNOTAVAIL'])
  })
})
