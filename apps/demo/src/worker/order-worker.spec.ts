import { createLifecycle, type Lifecycle } from '@lastcall/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedOrder, OrderQueue } from './order-queue.ts'
import { createOrderWorker, type OrderWorker, type OrderWorkerOptions } from './order-worker.ts'

/** A queue in memory. */
function createMemoryQueue(...numbers: number[]) {
  const free = numbers.map((number) => ({ id: `o${number}`, number, claim: 'mine' }))
  const finished: number[] = []
  const givenBack: number[] = []
  const queue: OrderQueue = {
    claim: async (limit) => free.splice(0, limit),
    async finish({ number }) {
      finished.push(number)
      return true
    },
    giveBack: async ({ number }) => void givenBack.push(number),
  }
  return { queue, free, finished, givenBack }
}

/** Work that goes on until it is told to end. */
function createGate() {
  const inWork = new Map<number, { end: () => void; fail: (error: Error) => void }>()
  const started: number[] = []
  const waiters = new Set<() => void>()
  async function process({ number }: ClaimedOrder, { signal }: { signal: AbortSignal }): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason))
    inWork.set(number, { end: resolve, fail: reject })
    started.push(number)
    for (const look of waiters) look()
    await promise
  }
  /** Resolves once `count` orders have been taken into work. */
  function reach(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => started.length >= count && resolve()
      waiters.add(look)
      look()
    })
  }
  return { process, started, reach, inWork }
}

describe('createOrderWorker', () => {
  let lifecycle: Lifecycle
  let worker: OrderWorker | undefined
  const processed: number[] = []
  const errors: unknown[] = []

  beforeEach(() => {
    lifecycle = createLifecycle({ signals: false, exit: false })
    processed.length = 0
    errors.length = 0
  })
  afterEach(async () => {
    await worker?.stop()
    lifecycle.dispose()
  })

  function start(options: Pick<OrderWorkerOptions, 'queue' | 'process'> & Partial<OrderWorkerOptions>): OrderWorker {
    worker = createOrderWorker({
      lifecycle,
      leaseMs: 1000,
      pollMs: 60_000,
      onProcessed: ({ number }) => processed.push(number),
      onError: (error) => errors.push(error),
      ...options,
    })
    worker.start()
    return worker
  }

  it('takes as many orders as it may at a time, and the next when one is done', async () => {
    const { queue, finished } = createMemoryQueue(1, 2, 3)
    const gate = createGate()
    start({ queue, process: gate.process, concurrency: 2 })
    await gate.reach(2)
    expect(gate.started).toEqual([1, 2])
    gate.inWork.get(2)!.end()
    await gate.reach(3)
    expect(finished).toEqual([2])
    expect(processed).toEqual([2])
  })

  it('takes a new order when it is woken, without waiting for its poll', async () => {
    const { queue, free } = createMemoryQueue()
    const gate = createGate()
    const idle = start({ queue, process: gate.process })
    free.push({ id: 'o9', number: 9, claim: 'mine' })
    idle.wake()
    await gate.reach(1)
    expect(gate.started).toEqual([9])
  })

  it('finds by its poll what nobody told it of', async () => {
    const { queue, free } = createMemoryQueue()
    const gate = createGate()
    start({ queue, process: gate.process, pollMs: 1 })
    free.push({ id: 'o9', number: 9, claim: 'mine' })
    await gate.reach(1)
  })

  it('holds the lifecycle for each order in work, by name, and takes none once it is stopped', async () => {
    const { queue, finished } = createMemoryQueue(1, 2)
    const gate = createGate()
    const stopped = start({ queue, process: gate.process, concurrency: 1 })
    await gate.reach(1)
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'hold', name: 'order 1' }])
    await stopped.stop()
    const idle = stopped.idle()
    gate.inWork.get(1)!.end()
    await idle
    expect(finished).toEqual([1])
    expect(lifecycle.inFlight()).toEqual([])
    expect(gate.started).toEqual([1])
  })

  it('gives an order back that failed, and goes on with the others', async () => {
    const { queue, finished, givenBack } = createMemoryQueue(1, 2)
    const gate = createGate()
    start({ queue, process: gate.process, concurrency: 1 })
    await gate.reach(1)
    gate.inWork.get(1)!.fail(new Error('no box'))
    await gate.reach(2)
    expect(givenBack).toEqual([1])
    expect(finished).toEqual([])
    expect(errors).toMatchObject([{ message: 'no box' }])
  })

  it('tells of no order that another worker has finished', async () => {
    const { queue } = createMemoryQueue(1, 2)
    queue.finish = async ({ number }) => number === 2
    const gate = createGate()
    start({ queue, process: gate.process, concurrency: 1 })
    await gate.reach(1)
    gate.inWork.get(1)!.end()
    await gate.reach(2)
    expect(processed).toEqual([])
  })

  it('reports a queue that cannot be read, and asks again at its poll', async () => {
    const { queue } = createMemoryQueue(1)
    const { claim } = queue
    queue.claim = () => {
      queue.claim = claim
      return Promise.reject(new Error('away'))
    }
    const gate = createGate()
    start({ queue, process: gate.process, pollMs: 1 })
    await gate.reach(1)
    expect(errors).toMatchObject([{ message: 'away' }])
  })
})
