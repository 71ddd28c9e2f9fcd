import { createLifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeClock, createFakeProcess, recordEvents } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { createPeers } from './create-peers.ts'
import { resolveSpread, type SpreadOptions } from './spread-options.ts'

const LAME_DUCK_MS = 5000

/** Gives the same numbers over and over. */
function sequence(...numbers: readonly number[]): () => number {
  let next = 0
  return () => numbers[next++ % numbers.length] as number
}

async function makePeers(options: SpreadOptions = {}, lifecycleOptions: LifecycleOptions = {}) {
  const clock = createFakeClock()
  const process = createFakeProcess()
  const lifecycle = createLifecycle({
    ...{ process, clock, gracePeriodMs: 60_000, drainTimeoutMs: 20_000 },
    lameDuck: { minMs: LAME_DUCK_MS, quietMs: 0 },
    ...lifecycleOptions,
  })
  const events = recordEvents(lifecycle)
  const peers = createPeers(lifecycle, 'websocket', resolveSpread(options, lifecycle.options))
  const log: string[] = []
  const signalledAt = () => events.of('shutdown:begin')[0]?.at ?? NaN
  await lifecycle.start()

  /** A client that answers a close at once, or never; `unsent` has not taken all that was sent to it. */
  function connect(name: string, { answers = true, unsent = false } = {}) {
    const note = (what: string) => log.push(`${name} ${what} at ${clock.now() - signalledAt()}`)
    const remove = peers.add({
      name,
      close() {
        note('closed')
        if (answers) remove()
      },
      terminate: () => void note('terminated'),
      hasUnsent: () => unsent,
    })
    return remove
  }

  return { clock, process, lifecycle, events, peers, log, connect }
}

describe('createPeers', () => {
  it('spreads the closes over the lame duck, from the signal on', async () => {
    const { clock, lifecycle, log, connect } = await makePeers({ random: sequence(0.5, 0.1, 0.9) })
    for (const name of ['a', 'b', 'c']) connect(name)
    const ended = lifecycle.shutdown()
    await clock.advance(LAME_DUCK_MS)
    expect(log).toEqual(['b closed at 500', 'a closed at 2500', 'c closed at 4500'])
    await clock.advance(1000)
    expect(await ended).toMatchObject({ outcome: 'clean' })
  })

  it('spreads the closes of many evenly, with its own random numbers', async () => {
    const { clock, lifecycle, log, connect } = await makePeers()
    for (let client = 0; client < 1000; client++) connect(String(client))
    void lifecycle.shutdown()
    await clock.advance(LAME_DUCK_MS)
    const times = log.map((line) => Number(line.split(' ').at(-1)))
    const tenths = Array.from({ length: 10 }, (_, tenth) => times.filter((at) => Math.floor(at / 500) === tenth).length)
    expect(times).toHaveLength(1000)
    expect(Math.min(...tenths)).toBeGreaterThan(40)
    expect(Math.max(...tenths)).toBeLessThan(200)
  })

  it('closes one that comes in the lame duck at a moment of what is left of the spread', async () => {
    const { clock, lifecycle, log, connect } = await makePeers({ random: sequence(0.5) })
    void lifecycle.shutdown()
    await clock.advance(3000)
    connect('late')
    await clock.advance(2000)
    expect(log).toEqual(['late closed at 4000'])
  })

  it('lets one stay that comes in the lame duck after the spread, until the drain', async () => {
    const { clock, lifecycle, log, connect } = await makePeers({ random: sequence(0.5), spreadMs: 1000 })
    void lifecycle.shutdown()
    await clock.advance(3000)
    connect('late')
    await clock.advance(1999)
    expect(log).toEqual([])
    await clock.advance(1)
    expect(log).toEqual(['late closed at 5000'])
  })

  it('closes what is left at once when the lame duck ends early, and what comes in the drain', async () => {
    const { clock, process, log, connect } = await makePeers({ random: sequence(0.9) })
    connect('a')
    const hung = connect('b', { answers: false })
    process.kill('SIGTERM')
    await clock.advance(1000)
    process.kill('SIGTERM')
    await clock.advance(0)
    expect(log).toEqual(['a closed at 1000', 'b closed at 1000'])
    connect('late')
    await clock.advance(0)
    expect(log.at(-1)).toBe('late closed at 1000')
    hung()
  })

  it('goes on for as long as it is told to, into the drain', async () => {
    const { clock, lifecycle, log, connect } = await makePeers({ random: sequence(0.75), spreadMs: 10_000 })
    connect('a')
    const ended = lifecycle.shutdown()
    await clock.advance(LAME_DUCK_MS)
    await clock.advance(5000)
    expect(log).toEqual([`a closed at ${LAME_DUCK_MS + 0.75 * 5000}`])
    expect(await ended).toMatchObject({ outcome: 'clean' })
  })

  it('ends the spread early enough for the drain to be in time', async () => {
    const options = { random: sequence(1), spreadMs: 3_600_000, closeTimeoutMs: 2000 }
    const { clock, lifecycle, log, connect } = await makePeers(options)
    connect('a', { answers: false })
    const ended = lifecycle.shutdown()
    await clock.advance(LAME_DUCK_MS)
    await clock.advance(20_000)
    expect(log).toEqual(['a closed at 23000', 'a terminated at 25000'])
    void ended
  })

  it('spreads nothing where there is no lame duck', async () => {
    const { clock, lifecycle, log, connect } = await makePeers({}, { lameDuck: { minMs: 0 } })
    connect('a')
    const ended = lifecycle.shutdown()
    await clock.advance(0)
    expect(log).toEqual(['a closed at 0'])
    expect(await ended).toMatchObject({ outcome: 'clean' })
  })

  it('waits until each client has answered', async () => {
    const { clock, lifecycle, connect } = await makePeers({}, { lameDuck: { minMs: 0 } })
    const answer = connect('a', { answers: false })
    let isOver = false
    const ended = lifecycle.shutdown().finally(() => (isOver = true))
    await clock.advance(3000)
    expect(isOver).toBe(false)
    answer()
    expect(await ended).toMatchObject({ outcome: 'clean' })
  })

  it('cuts a client that does not answer in time: no failure when it had all that was sent to it', async () => {
    const { clock, lifecycle, log, connect } = await makePeers({ closeTimeoutMs: 1000 }, { lameDuck: { minMs: 0 } })
    connect('a', { answers: false })
    const ended = lifecycle.shutdown()
    await clock.advance(1000)
    expect(log).toEqual(['a closed at 0', 'a terminated at 1000'])
    expect(await ended).toMatchObject({ outcome: 'clean', errors: [] })
  })

  it('names in the report the clients that had not taken what was sent to them', async () => {
    const { clock, lifecycle, connect } = await makePeers({ closeTimeoutMs: 1000 }, { lameDuck: { minMs: 0 } })
    for (const name of ['GET /chat', 'GET /chat', 'GET /feed']) connect(name, { answers: false, unsent: true })
    connect('GET /quiet', { answers: false })
    const ended = lifecycle.shutdown()
    await clock.advance(1000)
    const { outcome, errors } = await ended
    expect(outcome).toBe('failed')
    expect(errors).toEqual([
      "'websocket' cut 3 that had not taken all that was sent to them within 1000 ms of their close: " +
        'GET /chat, GET /feed. Raise closeTimeoutMs where clients may be that slow.',
    ])
  })

  it('cuts what is left at the deadline', async () => {
    const { clock, lifecycle, log, connect } = await makePeers(
      { closeTimeoutMs: 60_000 },
      { lameDuck: { minMs: 0 }, drainTimeoutMs: 3000 },
    )
    connect('a', { answers: false })
    const ended = lifecycle.shutdown()
    await clock.advance(3000)
    expect(log).toEqual(['a closed at 0', 'a terminated at 3000'])
    await ended
  })

  it.each([
    ['detached', ({ peers }) => peers.end()],
    ['disposed of', ({ lifecycle }) => lifecycle.dispose()],
  ] satisfies [string, (made: Awaited<ReturnType<typeof makePeers>>) => void][])(
    'closes nobody and leaves no timer once it is %s',
    async (_, end) => {
      const made = await makePeers({ random: sequence(0.5) })
      made.connect('a')
      void made.lifecycle.shutdown()
      await made.clock.advance(10)
      const { length } = made.log
      end(made)
      made.connect('late')
      await made.clock.advance(30_000)
      expect(made.log).toHaveLength(length)
      expect(made.clock.pending).toBe(0)
    },
  )
})

describe('resolveSpread', () => {
  it.each([
    ['spreadMs', -1],
    ['spreadMs', Infinity],
    ['closeTimeoutMs', NaN],
    ['closeTimeoutMs', '5000'],
  ])('refuses %s %o', async (option, value) => {
    await expect(makePeers({ [option]: value })).rejects.toMatchObject({
      code: 'LASTCALL_INVALID_OPTION',
      message: expect.stringContaining(`Option ${option} is`),
    })
  })

  it('gives a client 5 s to close, or half of a shorter drain', async () => {
    const timeoutOf = (drainTimeoutMs: number) =>
      resolveSpread(
        {},
        createLifecycle({ process: createFakeProcess(), gracePeriodMs: 60_000, drainTimeoutMs }).options,
      ).closeTimeoutMs
    expect([timeoutOf(20_000), timeoutOf(3000)]).toEqual([5000, 1500])
  })
})
