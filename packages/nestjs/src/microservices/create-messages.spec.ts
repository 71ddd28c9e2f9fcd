import { createFakeClock } from '@lastcall/testing'
import { firstValueFrom, Subject } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { createMessages, type MessageHandler } from './create-messages.ts'

describe('createMessages', () => {
  it('counts a message from its call to its answer, and says how old it is', async () => {
    const clock = createFakeClock()
    const messages = createMessages(clock)
    const answer = Promise.withResolvers<string>()
    const counted = messages.count('slow', () => answer.promise)

    const answered = counted('data', {})
    await clock.advance(30)
    expect(messages.inFlight()).toEqual([{ kind: 'request', name: 'slow', ageMs: 30 }])
    answer.resolve('done')

    expect(await answered).toBe('done')
    expect(messages.inFlight()).toEqual([])
  })

  it('counts a stream of answers to its end, and to the end of whoever reads it', async () => {
    const messages = createMessages(createFakeClock())
    const answers = new Subject<string>()
    const counted = messages.count('stream', async () => answers) as () => Promise<Subject<string>>

    const [ended, left] = [await counted(), await counted()]
    const last = firstValueFrom(left)
    ended.subscribe()
    expect(messages.inFlight()).toHaveLength(2)
    answers.next('first')
    await last
    expect(messages.inFlight()).toHaveLength(1)
    answers.complete()
    expect(messages.inFlight()).toHaveLength(0)
  })

  it('counts a message that failed as over', async () => {
    const messages = createMessages(createFakeClock())
    const counted = messages.count('broken', () => {
      throw new Error('broken')
    })
    await expect(counted()).rejects.toThrow('broken')
    expect(messages.inFlight()).toEqual([])
  })

  it('passes on what Nest hangs on a handler, in both directions', () => {
    const handler: MessageHandler & { next?: unknown; extras?: unknown } = () => {}
    const counted: typeof handler = createMessages(createFakeClock()).count('placed', handler)
    counted.next = 'the next handler of the event'
    handler.extras = 'for the transport'
    expect(handler.next).toBe('the next handler of the event')
    expect(counted.extras).toBe('for the transport')
  })

  it('tells by which socket a message came', async () => {
    const messages = createMessages(createFakeClock())
    const busy = {}
    const answer = Promise.withResolvers<void>()
    const answered = messages.count('slow', () => answer.promise)('', { getSocketRef: () => ({ netSocket: busy }) })

    expect([...messages.sockets()]).toEqual([busy])
    answer.resolve()
    await answered
    expect(messages.sockets().size).toBe(0)
  })

  it('is idle when the last message is over', async () => {
    const messages = createMessages(createFakeClock())
    await messages.idle()
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    for (const { promise } of answers) void messages.count('slow', () => promise)()
    let idle = false
    const became = messages.idle().then(() => (idle = true))

    answers[0].resolve()
    await answers[0].promise
    expect(idle).toBe(false)
    answers[1].resolve()
    await became
  })
})
